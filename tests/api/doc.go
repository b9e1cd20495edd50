// Package api holds the tests of what users see of the public packages: signatures, names, options, and where tests are
// found.
package api
