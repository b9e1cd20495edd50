// Package plot draws arrays in one line each: curves, points, histograms, images and heat maps, as SVG, PNG or PDF, or
// as text for a terminal. It is made with gonum.org/v1/plot, and is a module of its own, so that programs which draw
// nothing do not carry it.
//
//	plot.Line(losses).Save("loss.svg")            // values in order; plot.Line(x, y) over x
//	plot.Scatter(x, y).Save("points.png")         // points
//	plot.Histogram(w).Save("weights.svg")         // how often which values are there
//	plot.Image(photo).Save("photo.png")           // pixels
//	fmt.Println(plot.HeatMap(attention))          // a matrix by colour; printing any picture draws it as text
//
// Keyword arguments are fields of Axes, which has the functions as methods:
//
//	plot.Axes{Title: "loss", LogY: true, Names: []string{"train", "test"}}.Line(steps, train, test).Save("loss.svg")
//
//	Axes  Line, Scatter, Histogram, Image, HeatMap
//	      Title, XLabel, YLabel, Names, LogX, LogY, XRange, YRange, Range, Bins, Width, Height
//
// Arrays may have any dtype but a complex one. NaN and infinities are gaps: they are not drawn, and do not count where
// the ends of an axis are chosen. Arrays without elements give empty axes. The functions look at values, so they work
// outside of Jit, Vmap and Grad; a jitted function draws by debug.Callback. JAX has no counterpart; matplotlib's names
// are plot, scatter, hist and imshow.
package plot
