/* remote_free.pml: blocks that strangers free, and the pages that they are in.
 *
 * models: core/memory/memory.c: remote_push, remote_take, heap_take_remote, page_settle,
 *         memory_free_slow
 *
 * Three blocks in page 1, two in page 2; the owner frees one itself, two strangers free the
 * others; the owner takes back what is on the heap's stack until both pages are retired.
 * Claimed: a page is at most once on the heap's stack; each block comes back once; nobody
 * touches a page that has been retired; and in the end all has come back. */

#define PAGES 3  /* 0: none */
#define BLOCKS 6 /* 0: none */
#define page_of(b) (b <= 3 -> 1 : 2)

typedef Page {
    byte top, length; /* the word `remote` */
    byte used;
    byte next_remote;
    bool retired;
    bool ghost_stacked
};

Page pages[PAGES];
byte links[BLOCKS];
byte heap_remote;
bool ghost_free[BLOCKS];
byte ghost_done;

inline is_there(p) { assert(!pages[p].retired) }

inline page_settle(p) {
    if
    :: pages[p].used == 0 -> is_there(p); pages[p].retired = true
    :: else
    fi
}

inline push_page(p) {
    d_step { is_there(p); first = heap_remote }
    do
    :: true ->
        is_there(p);
        pages[p].next_remote = first;
        if
        :: atomic {
            heap_remote == first ->
            heap_remote = p;
            assert(!pages[p].ghost_stacked);
            pages[p].ghost_stacked = true
           } -> break
        :: atomic { heap_remote != first -> first = heap_remote }
        fi
    od;
    first = 0
}

inline remote_push(p, b) {
#ifdef BREAK_USED_DROPS_FIRST
    pages[p].used--;
#endif
    d_step { is_there(p); top = pages[p].top; length = pages[p].length }
#ifdef BREAK_PAGE_FIRST
    if :: top == 0 -> push_page(p) :: else fi;
#endif
    do
    :: true ->
        links[b] = top;
        if
        :: atomic {
            pages[p].top == top && pages[p].length == length ->
            is_there(p);
            pages[p].top = b;
#ifndef BREAK_LENGTH_LATE
            pages[p].length = length + 1
#endif
           } -> break
        :: atomic {
            pages[p].top != top || pages[p].length != length ->
            is_there(p);
            top = pages[p].top;
            length = pages[p].length
           }
        fi
    od;
#ifdef BREAK_LENGTH_LATE
    pages[p].length++;
#endif
#ifdef BREAK_PUSHED_ALWAYS
    push_page(p);
#elif !defined(BREAK_PAGE_FIRST)
    if :: top == 0 -> push_page(p) :: else fi;
#endif
    top = 0;
    length = 0
}

inline is_back(b) {
    d_step { assert(!ghost_free[b]); ghost_free[b] = true }
}

inline remote_take(p) {
    d_step {
        block = pages[p].top;
        count = pages[p].length;
#ifndef BREAK_TOP_STAYS
        pages[p].top = 0;
        pages[p].length = 0;
#endif
#ifndef BREAK_NEXT_LATE
        pages[p].ghost_stacked = false
#endif
    }
    do
    :: block != 0 ->
        is_back(block);
        block = links[block];
#ifndef BREAK_USED_DROPS_FIRST
        pages[p].used--;
#endif
        count--
    :: block == 0 -> break
    od;
    assert(count == 0);
    page_settle(p)
}

inline heap_take_remote() {
    atomic { heap_remote != 0 -> page = heap_remote; heap_remote = 0 }
    do
    :: page != 0 ->
#ifdef BREAK_NEXT_LATE
        pages[page].ghost_stacked = false;
        remote_take(page);
        next = pages[page].next_remote;
#else
        next = pages[page].next_remote;
        remote_take(page);
#endif
        page = next;
        next = 0
    :: page == 0 -> break
    od
}

proctype Owner() {
    byte page, next, block, count;
    bool has_freed;
    do
    :: heap_take_remote()
    :: atomic { !has_freed -> has_freed = true; ghost_free[1] = true; pages[1].used-- };
       page_settle(1)
    :: has_freed && ghost_done == 2 && heap_remote == 0 -> break
    od;
    assert(pages[1].retired && pages[2].retired)
}

proctype Stranger(byte one, two) {
    byte first, top, length, mine = one;
    do
    :: mine != 0 ->
        remote_push(page_of(mine), mine);
        mine = (mine == one -> two : 0)
    :: mine == 0 -> break
    od;
    ghost_done++
}

init {
    d_step { pages[1].used = 3; pages[2].used = 2 }
    atomic { run Owner(); run Stranger(2, 4); run Stranger(3, 5) }
}
