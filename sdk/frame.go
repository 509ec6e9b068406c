package sdk

import (
	"sync"

	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto" // registers the codec that frames fall back on
	"google.golang.org/grpc/mem"
)

// frame is a message that is encoded already. Its buffer returns to the pool
// once gRPC has written it.
type frame struct{ buf *[]byte }

// frameCodec is gRPC's own protobuf codec, but for frames.
type frameCodec struct{ encoding.CodecV2 }

func newFrameCodec() frameCodec { return frameCodec{encoding.GetCodecV2(proto.Name)} }

func (c frameCodec) Marshal(v any) (mem.BufferSlice, error) {
	if f, ok := v.(*frame); ok {
		return mem.BufferSlice{mem.NewBuffer(f.buf, &buffers)}, nil
	}
	return c.CodecV2.Marshal(v)
}

// buffers holds the buffers of batches between two uses.
var buffers bufferPool

type bufferPool struct{ pool sync.Pool }

// A usual batch is 256 records of some 200 bytes.
const usualBatch = 64 << 10

func (p *bufferPool) get() *[]byte { return p.Get(0) }

// Get and Put make it a mem.BufferPool.
func (p *bufferPool) Get(length int) *[]byte {
	b, _ := p.pool.Get().(*[]byte)
	if b == nil || cap(*b) < length {
		fresh := make([]byte, 0, max(usualBatch, length))
		b = &fresh
	}
	*b = (*b)[:length]
	return b
}

func (p *bufferPool) Put(b *[]byte) {
	if cap(*b) <= 2*batchBytes { // the rare giant is not kept
		p.pool.Put(b)
	}
}
