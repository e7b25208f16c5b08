"""What the compiled loops are written with: vectors, register tiles, calls by address, and parallel loops.

Read `tile` first: it says what a tile is, and which verbs it has. Then

    verbs       how a verb is a Python function and machine code at once
    vector      one register full of numbers, and the LLVM instructions on it
    tile        a block of running sums in registers: zero_sums, load_bias, multiply_add, store, add_to
    copying     zero, copy, transpose: numbers moved, a vector at a time
    pooling     the largest of a window, a vector of channels at a time
    call        a loop nest by its address, and its arguments as a record with names
    parallel    parallel_for: one parallel loop, compiled once, that runs every kernel's tasks
    threads     how many threads share a loop: one where there is little to do
    jit         how functions are compiled, and where compiled code is kept
    cpu         the vector registers of this CPU

A verb works on addresses and checks nothing when it is compiled. With NUMBA_DISABLE_JIT=1 an address is a flat array,
and every index is checked.
"""
