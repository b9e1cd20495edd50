package functions

import "maps"

// Families are the families that have tables.
var Families = map[string]*Family{
	"promotion": {Tables: []Table{promotionTable}, Concrete: promotionConcrete, Unmapped: promotionUnmapped},
	"elementwise": {Tables: []Table{elementwiseTable, polyTable}, Concrete: merged(elementwiseConcrete, polyConcrete),
		Unmapped: elementwiseUnmapped},
	"creation":   {Tables: []Table{creationTable}, Concrete: creationConcrete, Unmapped: creationUnmapped},
	"reductions": {Tables: []Table{reductionsTable}, Concrete: reductionsConcrete, Unmapped: reductionsUnmapped},
	"shapes": {Tables: []Table{shapesTable, polyTable}, Concrete: merged(shapesConcrete, polyConcrete),
		Unmapped: shapesUnmapped},
	"indexing": {Tables: []Table{indexingTable}, Concrete: indexingConcrete, Unmapped: indexingUnmapped},
	"nn":       {Tables: []Table{nnTable}, Concrete: nnConcrete, Unmapped: nnUnmapped},
	"special":  {Tables: []Table{specialTable, statsTable}, Concrete: specialConcrete, Unmapped: specialUnmapped},
	"lax": {Tables: []Table{laxTable, windowTable, indexingTable}, Concrete: laxConcrete,
		Unmapped: laxUnmapped},
	"linalg": {Tables: []Table{linalgTable, scipyLinalgTable, shapesTable}},
	"random": {Tables: []Table{randomTable}, Concrete: randomConcrete, Unmapped: randomUnmapped},
	"fft":    {Tables: []Table{fftTable, signalTable}},
}

// merged is both tables in one.
func merged(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, b)
	return out
}
