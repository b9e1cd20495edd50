#include "textflag.h"

// func frames(pc *[20]uintptr)
//
// As on amd64: R29 points at the caller's frame pointer, with the return address above it.
TEXT ·frames(SB), NOSPLIT|NOFRAME, $0-8
	MOVD pc+0(FP), R0
	MOVD 8(g), R1
	SUB  $16, R1
	MOVD RSP, R2
	MOVD R29, R3
	MOVD $0, R4
next:
	CMP  R2, R3
	BLS  done
	CMP  R1, R3
	BHI  done
	AND  $7, R3, R5
	CBNZ R5, done
	MOVD 8(R3), R6
	MOVD R6, (R0)(R4<<3)
	ADD  $1, R4
	CMP  $20, R4
	BGE  done
	MOVD R3, R2
	MOVD (R3), R3
	B    next
done:
	RET
