"""Sums over contiguous float64 in sixteen lanes, written out as vector instructions. Imported only inside functions.

A compiler may not reorder a sum of floats, and so adds one number at a time. Here the order is laid down with the code:
lane k takes the elements k, k + 16, ..., the lanes are added as a tree, what is left over comes last. The same input
gives the same bits on every processor, whatever the width of its registers, and rounds less than adding from left to
right. The functions take whole arrays (and a flat offset where they say so), since a slice of an array inside a
compiled loop costs two atomic counts of references, more than adding up a whole window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.core.errors import TypingError
from numba.extending import intrinsic

from rerating.measures.event_study.layout import Floats

LANES = 16
DOUBLE, INDEX, SMALL, BYTE = ir.DoubleType(), ir.IntType(64), ir.IntType(32), ir.IntType(8)
VECTOR = ir.VectorType(DOUBLE, LANES)
LINE_OF_CACHE = 8  # float64s

Code = Callable[[Any, Any, Any, Any], Any]
Terms = Sequence[tuple[int, int] | int]


def _sums(builder: Any, size: Any, pointers: Sequence[Any], terms: Terms) -> list[Any]:
    """Code for sums over the elements 0 to `size`: a term names the pointer whose elements are added up, or two whose
    products are, each rounded once together with the addition.
    """
    zero, step, one = (ir.Constant(INDEX, value) for value in (0, LANES, 1))
    middle = builder.and_(size, ir.Constant(INDEX, -LANES))
    lanes = [cgutils.alloca_once(builder, VECTOR) for _ in terms]
    rest = [cgutils.alloca_once(builder, DOUBLE) for _ in terms]
    for k in range(len(terms)):
        builder.store(ir.Constant(VECTOR, [0.0] * LANES), lanes[k])
        builder.store(ir.Constant(DOUBLE, 0.0), rest[k])
    with cgutils.for_range_slice(builder, zero, middle, step, INDEX) as (i, _):
        _add(builder, [_vector(builder, pointer, i) for pointer in pointers], terms, lanes)
    with cgutils.for_range_slice(builder, middle, size, one, INDEX) as (i, _):
        _add(builder, [builder.load(builder.gep(pointer, [i])) for pointer in pointers], terms, rest)
    return [builder.fadd(_tree(builder, builder.load(a)), builder.load(b)) for a, b in zip(lanes, rest, strict=True)]


def _add(builder: Any, loaded: Sequence[Any], terms: Terms, places: Sequence[Any]) -> None:
    for term, place in zip(terms, places, strict=True):
        so_far = builder.load(place)
        if isinstance(term, int):
            builder.store(builder.fadd(so_far, loaded[term]), place)
        else:
            builder.store(_fused(builder, loaded[term[0]], loaded[term[1]], so_far), place)


def _fused(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c, rounded once."""
    name = f"llvm.fma.v{LANES}f64" if a.type == VECTOR else "llvm.fma.f64"
    kind = ir.FunctionType(a.type, [a.type] * 3)
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), [a, b, c])


def _vector(builder: Any, pointer: Any, i: Any) -> Any:
    loaded = builder.load(builder.bitcast(builder.gep(pointer, [i]), VECTOR.as_pointer()))
    loaded.align = 8
    return loaded


def _tree(builder: Any, vector: Any) -> Any:
    parts = [builder.extract_element(vector, ir.Constant(SMALL, k)) for k in range(LANES)]
    while len(parts) > 1:
        half = len(parts) // 2
        parts = [builder.fadd(parts[k], parts[k + half]) for k in range(half)]
    return parts[0]


def _array(context: Any, builder: Any, signature: Any, arguments: Any, k: int) -> tuple[Any, Any]:
    """Pointer to the first element of argument k, a contiguous array, and the number of its elements."""
    if signature.args[k].layout != "C" or signature.args[k].dtype != types.float64:
        raise TypingError(f"{signature.args[k]} is no contiguous array of float64")
    array = context.make_array(signature.args[k])(context, builder, arguments[k])
    return array.data, array.nitems


def _total(_: Any, a: Any) -> tuple[Any, Code]:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, size = _array(context, builder, signature, arguments, 0)
        return _sums(builder, size, [pointer], [0])[0]

    return types.float64(a), code


def _product(_: Any, a: Any, b: Any) -> tuple[Any, Code]:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, size = _array(context, builder, signature, arguments, 0)
        other, _ = _array(context, builder, signature, arguments, 1)
        return _sums(builder, size, [pointer, other], [(0, 1)])[0]

    return types.float64(a, b), code


def _total_and_product(_: Any, a: Any, b: Any) -> tuple[Any, Code]:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, _ = _array(context, builder, signature, arguments, 0)
        other, size = _array(context, builder, signature, arguments, 1)
        both = _sums(builder, size, [pointer, other], [1, (0, 1)])
        return context.make_tuple(builder, signature.return_type, both)

    return types.UniTuple(types.float64, 2)(a, b), code


def _four_products(_: Any, matrix: Any, row: Any, vector: Any) -> tuple[Any, Code]:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        first, _ = _array(context, builder, signature, arguments, 0)
        other, size = _array(context, builder, signature, arguments, 2)
        starts = [builder.mul(builder.add(arguments[1], ir.Constant(INDEX, k)), size) for k in range(4)]
        pointers = [other, *(builder.gep(first, [start]) for start in starts)]
        sums = _sums(builder, size, pointers, [(0, k) for k in range(1, 5)])
        return context.make_tuple(builder, signature.return_type, sums)

    return types.UniTuple(types.float64, 4)(matrix, types.int64, vector), code


def _take(_: Any, source: Any, start: Any, target: Any) -> tuple[Any, Code]:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, _ = _array(context, builder, signature, arguments, 0)
        other, size = _array(context, builder, signature, arguments, 2)
        cgutils.raw_memcpy(builder, other, builder.gep(pointer, [arguments[1]]), size, ir.Constant(INDEX, 8))
        return context.get_dummy_value()

    return types.void(source, types.int64, target), code


def _fetch(_: Any, source: Any, start: Any, size: Any) -> tuple[Any, Code]:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, _ = _array(context, builder, signature, arguments, 0)
        byte = BYTE.as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [byte, SMALL, SMALL, SMALL])
        hint = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        read_data_to_keep = [ir.Constant(SMALL, value) for value in (0, 3, 1)]
        stop, step = builder.add(arguments[1], arguments[2]), ir.Constant(INDEX, LINE_OF_CACHE)
        with cgutils.for_range_slice(builder, arguments[1], stop, step, INDEX) as (i, _):
            builder.call(hint, [builder.bitcast(builder.gep(pointer, [i]), byte), *read_data_to_keep])
        return context.get_dummy_value()

    return types.void(source, types.int64, types.int64), code


def _ones(_: Any, word: Any) -> tuple[Any, Code]:
    def code(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), code


# Sum of a.
total: Callable[[Floats], float] = intrinsic(_total)

# Sum of a * b, as many elements as a has.
product: Callable[[Floats, Floats], float] = intrinsic(_product)

# Sum of b and sum of a * b in one go, as many elements as b has.
total_and_product: Callable[[Floats, Floats], tuple[float, float]] = intrinsic(_total_and_product)

# Sums of matrix[row + k] * vector for k = 0 to 3; the matrix has rows of the vector's length.
four_products: Callable[[Floats, int, Floats], tuple[float, float, float, float]] = intrinsic(_four_products)

# Fills the third with the elements of the first, from that flat place on.
take: Callable[[Floats, int, Floats], None] = intrinsic(_take)

# Asks for that many elements from that place on to be brought near, without waiting for them.
fetch: Callable[[Floats, int, int], None] = intrinsic(_fetch)

# Number of set bits.
ones: Callable[[Any], int] = intrinsic(_ones)
