// Package serve answers calls of exported programs over HTTP, and runs those that come at one time as one. Four names
// are used most:
//
//	s, err := serve.New(map[string]*export.Exported{"digits": e}, serve.Options{})    // an http.Handler
//	err = s.ListenAndServe(ctx, "127.0.0.1:8080")     // until ctx is done, with timeouts for slow clients
//	err = s.Wait()                                    // until the programs are compiled
//	s.Close()                                         // where s is a handler of the user's own server
//
// The command is gojax serve, or gojax-serve, which is this package and flags. docs/SERVING.md tells how to call a
// server, how calls become batches, and what is measured. It is a module of its own, so that programs which compute
// need not know of Prometheus.
//
// # Options
//
//	Options    New    Rows, NoBatching, BatchWait, Parallel, Queue, MaxBody, MaxHeader, ReadTimeout, WriteTimeout,
//	                  IdleTimeout, Timeout, DrainTimeout, Log
package serve
