package pjrt

import "unsafe"

type Block struct {
	Index  [][2]int
	Buffer *Buffer
}

func ReadBlocks(dst []byte, index [][2]int, blocks []Block) error {
	for _, b := range blocks {
		src := make([]byte, b.Buffer.Size())
		if err := b.Buffer.ToHost(unsafe.Pointer(unsafe.SliceData(src)), len(src)); err != nil {
			return err
		}
		es := b.Buffer.DType().Size()
		var rec func(k, so, do int)
		rec = func(k, so, do int) {
			if k == len(index) {
				copy(dst[do*es:][:es], src[so*es:])
				return
			}
			for i := b.Index[k][0]; i < b.Index[k][1]; i++ {
				if i < index[k][0] || i >= index[k][1] {
					continue
				}
				rec(k+1, so*(b.Index[k][1]-b.Index[k][0])+i-b.Index[k][0], do*(index[k][1]-index[k][0])+i-index[k][0])
			}
		}
		rec(0, 0, 0)
	}
	return nil
}

func (c *Client) Assemble(d *Device, index [][2]int, blocks []Block) (*Buffer, error) {
	n := 1
	dims := make([]int, len(index))
	for i, r := range index {
		dims[i] = r[1] - r[0]
		n *= dims[i]
	}
	dt := blocks[0].Buffer.DType()
	dst := make([]byte, n*dt.Size())
	if err := ReadBlocks(dst, index, blocks); err != nil {
		return nil, err
	}
	return c.FromHost(unsafe.Pointer(unsafe.SliceData(dst)), dt, dims, d)
}
