#include "textflag.h"

// func frames(pc *[20]uintptr)
//
// Follows the chain of frame pointers from the caller of frames, storing return addresses. It never leaves the
// goroutine's stack: each frame must lie above the one before and below stack.hi, the second word of g.
TEXT ·frames(SB), NOSPLIT|NOFRAME, $0-8
	MOVQ pc+0(FP), DI
	MOVQ (TLS), CX
	MOVQ 8(CX), DX
	SUBQ $16, DX     // the last place where a frame may be
	MOVQ SP, BX
	MOVQ BP, SI
	XORL AX, AX
next:
	CMPQ SI, BX
	JLS  done
	CMPQ SI, DX
	JHI  done
	TESTQ $7, SI
	JNE  done
	MOVQ 8(SI), R9
	MOVQ R9, (DI)(AX*8)
	INCQ AX
	CMPQ AX, $20
	JGE  done
	MOVQ SI, BX
	MOVQ (SI), SI
	JMP  next
done:
	RET
