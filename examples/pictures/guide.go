package main

import (
	"image/color"
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/random"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// What follows is docs/GUIDE.md's code.

type slope struct{ Slope, Offset jnp.Array }

// fitted draws the guide's points, and the line that gradient descent finds.
func fitted() *plot.Plot {
	kx, knoise := random.Pair(random.Key(0))
	x := random.Normal(kx, 100)
	y := x.Mul(2).Add(0.5).Add(random.Normal(knoise, 100).Mul(0.1))
	loss := func(p slope) jnp.Array { return x.Mul(p.Slope).Add(p.Offset).Sub(y).Pow(2).Mean() }
	step := gojax.Jit(func(p slope) slope {
		g := gojax.Grad(loss)(p)
		return slope{p.Slope.Sub(g.Slope.Mul(0.1)), p.Offset.Sub(g.Offset.Mul(0.1))}
	})
	at := slope{jnp.AsArray(0.0), jnp.AsArray(0.0)}
	for range 100 {
		at = step(at)
	}
	p := plot.New()
	p.X.Label.Text, p.Y.Label.Text = "x", "y"
	a, b := at.Offset.Item(), at.Slope.Item()
	line := plotter.NewFunction(func(x float64) float64 { return a + b*x })
	line.Color, line.Width, line.Samples = color.RGBA{R: 220, G: 110, B: 20, A: 255}, vg.Points(1.5), 2
	p.Add(dots(x, y, colours[0]), line)
	return p
}

type layer struct{ W, B jnp.Array }

type network []layer

func newNetwork(key random.KeyArray, sizes ...int) (net network) {
	for i, in := range sizes[:len(sizes)-1] {
		w := initializers.HeNormal()(random.FoldIn(key, i), in, sizes[i+1])
		net = append(net, layer{w, jnp.Zeros(sizes[i+1])})
	}
	return net
}

func (net network) scores(x jnp.Array) jnp.Array {
	for i, l := range net {
		if x = x.MatMul(l.W).Add(l.B); i < len(net)-1 {
			x = nn.Relu(x)
		}
	}
	return x
}

func spiral(key random.KeyArray, n int) (x, class jnp.Array) {
	class = jnp.Arange(n).Mod(3)
	r := jnp.Sqrt(random.Uniform(random.FoldIn(key, 0), n))
	angle := r.Mul(4).Add(class.Mul(2 * math.Pi / 3))
	x = jnp.Stack([]jnp.Array{r.Mul(jnp.Cos(angle)), r.Mul(jnp.Sin(angle))}, 1)
	return x.Add(random.Normal(random.FoldIn(key, 1), n, 2).Mul(0.03)), class
}

func crossEntropy(net network, x, class jnp.Array) jnp.Array {
	return nn.LogSoftmax(net.scores(x)).Mul(nn.OneHot(class, 3)).Sum(-1).Mean().Neg()
}

// trained draws the loss of the guide's training, and the classes that the network gives to places.
func trained() (loss, classes *plot.Plot) {
	x, class := spiral(random.Key(1), 600)
	opt := optim.Adam[network](optim.WarmupCosine(1e-2, 20, 400))
	step := gojax.Jit(func(net network, s optim.State[network]) (network, optim.State[network], jnp.Array) {
		loss, g := gojax.ValueAndGrad3(crossEntropy)(net, x, class)
		updates, s := opt.Update(g, s, net)
		return optim.Apply(net, updates), s, loss
	}, gojax.DonateArgs(0, 1))
	net := newNetwork(random.Key(2), 2, 64, 64, 3)
	s := opt.Init(net)
	var losses []jnp.Array
	for range 400 {
		var at jnp.Array
		net, s, at = step(net, s)
		losses = append(losses, at)
	}
	loss = plot.New()
	loss.X.Label.Text, loss.Y.Label.Text = "step", "cross-entropy"
	loss.Y.Scale, loss.Y.Tick.Marker = plot.LogScale{}, times{}
	line, err := plotter.NewLine(points(jnp.Arange(400), jnp.Stack(losses)))
	if err != nil {
		panic(err) // a number that is not finite
	}
	line.Color = colours[0]
	loss.Add(line)
	return loss, places(net, x, class)
}

// places draws what a network says of a grid of places, and points of the classes.
func places(net network, x, class jnp.Array) *plot.Plot {
	const n = 120
	axis := jnp.LinSpace(-1.15, 1.15, n)
	grid := jnp.Meshgrid(axis, axis)
	said := net.scores(jnp.Stack([]jnp.Array{grid[0].Ravel(), grid[1].Ravel()}, 1)).ArgMax(-1)
	p := plot.New()
	ground := plotter.NewHeatMap(image{jnp.ToSlice[float32](axis), jnp.ToSlice[int32](said)}, pale{})
	ground.Rasterized = true
	p.Add(ground)
	for c, colour := range colours {
		of := x.Index(class.Eq(c))
		p.Add(dots(of.Index(jnp.All, 0), of.Index(jnp.All, 1), colour))
	}
	return p
}

// colours are those of the classes.
var colours = []color.RGBA{{R: 30, G: 90, B: 180, A: 255}, {R: 220, G: 110, B: 20, A: 255},
	{R: 40, G: 140, B: 70, A: 255}}

// pale are the colours of the classes, lighter.
type pale struct{}

func (pale) Colors() (all []color.Color) {
	for _, c := range colours {
		lighter := func(v uint8) uint8 { return uint8(255 - (255-int(v))*3/10) }
		all = append(all, color.RGBA{R: lighter(c.R), G: lighter(c.G), B: lighter(c.B), A: 255})
	}
	return all
}

// image is a class for each place of a square grid.
type image struct {
	axis  []float32
	class []int32
}

func (i image) Dims() (c, r int)   { return len(i.axis), len(i.axis) }
func (i image) Z(c, r int) float64 { return float64(i.class[r*len(i.axis)+c]) }
func (i image) X(c int) float64    { return float64(i.axis[c]) }
func (i image) Y(r int) float64    { return float64(i.axis[r]) }

func points(x, y jnp.Array) plotter.XYs {
	xs, ys := jnp.ToSlice[float32](x.AsType(jnp.Float32)), jnp.ToSlice[float32](y)
	at := make(plotter.XYs, len(xs))
	for i := range xs {
		at[i] = plotter.XY{X: float64(xs[i]), Y: float64(ys[i])}
	}
	return at
}

func dots(x, y jnp.Array, c color.Color) *plotter.Scatter {
	s, err := plotter.NewScatter(points(x, y))
	if err != nil {
		panic(err) // a number that is not finite
	}
	s.GlyphStyle = draw.GlyphStyle{Color: c, Radius: vg.Points(1.6), Shape: draw.CircleGlyph{}}
	return s
}
