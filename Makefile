# gilt. `make bench` and `make test` are the two commands; `make help` lists the rest.
#
# A variant of the build is a directory whose name says it all: the mode, then any of
#   atomic mutex       how nogil counts (biased if neither)
#   memb               the flavour of RCU (qsbr if not)
#   debug              assertions, less optimisation
#   chaos              points for schedule noise (debug and sanitized builds have them, too)
#   coverage           counts of the lines that run
#   thread address undefined   a sanitizer; the last two may come together
#   fuzz               for build/VARIANT/fuzz: clang's coverage, address and undefined
#   clang              the compiler (gcc if not)
# as in build/gil, build/nogil-atomic or build/nogil-memb-thread. `make nogil
# REFCOUNT=atomic DEBUG=1 SAN=thread` puts the name together. A mode is an include path,
# a policy is a file. What `make test`, `make tsan` and the like run is tests/suite.mk.

PREFIX   := /usr/local
REFCOUNT := biased
RCU      := qsbr
VERSION  := 0.1.0
SANITIZERS := thread address undefined

$(if $(filter-out biased atomic mutex,$(REFCOUNT)),$(error REFCOUNT must be biased, atomic or mutex, not $(REFCOUNT)))
$(if $(filter-out qsbr memb,$(RCU)),$(error RCU must be qsbr or memb, not $(RCU)))
$(if $(filter-out $(SANITIZERS),$(SAN)),$(error SAN must be one of $(SANITIZERS), not $(SAN)))

flavor := $(if $(DEBUG),-debug)$(if $(CHAOS),-chaos)$(addprefix -,$(SAN))$(if $(findstring clang,$(CC)),-clang)
gil   := gil$(flavor)
nogil := nogil$(patsubst %,-%,$(filter-out biased,$(REFCOUNT)) $(filter-out qsbr,$(RCU)))
nogil := $(subst $() ,,$(nogil))$(flavor)

core  := $(filter-out core/main.c core/launcher.c,$(wildcard core/*.c core/*/*.c))
micro := $(wildcard workloads/micro/*.c workloads/procs/*.c)
tests := $(wildcard tests/*/*_test.c)
stress := $(filter-out %_test.c,$(wildcard tests/stress/*.c))
compare := $(wildcard workloads/collector/compare*.c)
scenes  := $(filter-out $(compare),$(wildcard workloads/collector/*.c))
bench := $(patsubst %.c,build/%.o,$(wildcard workloads/bench/*.c))

jobs := $(shell nproc 2>/dev/null || echo 2)
MAKEFLAGS += -j$(jobs)

# The variants that have rules: of the modes, of the suites, and those named in the goals.
named    := $(foreach g,$(filter build/%,$(MAKECMDGOALS)),$(word 2,$(subst /, ,$(g))))
include tests/suite.mk
variants := $(sort $(suite_variants) $(gil) $(nogil) $(filter-out gilt,$(filter gil% nogil%,$(named))))

.PHONY: help bench collector gil nogil install setup clean all
help:
	@sed -n "s/^#: //p" $(MAKEFILE_LIST)

#: make bench      set up, build both modes, run all workloads, write build/report/
#: make collector  measure the collector in both modes; PEER=python3 beside a Python
#: make build/gilt the launcher and both modes: build/gilt --gil|--nogil program.py (3 minutes)
#: make gil nogil  one mode; with REFCOUNT=atomic|mutex RCU=memb DEBUG=1 CHAOS=1 SAN=thread CC=clang
#: make install    PREFIX=/usr/local: libraries, header, pkg-config files
#: make clean      remove build/
all: gil nogil build/bench build/gilt
gil: build/$(gil)/libgilt-gil.a build/$(gil)/worker
nogil: build/$(nogil)/libgilt-nogil.a build/$(nogil)/worker

WARN   := -Wall -Wextra $(if $(CI),-Werror)
CFLAGS := -std=gnu11 $(WARN) -pthread -fno-strict-aliasing -fvisibility=hidden \
          -ftls-model=local-exec
comma  := ,
space := $(subst ,, )
commit := $(shell git describe --always --dirty 2>/dev/null || echo unknown)

# What the words of a variant's name mean.
parts     = $(subst -, ,$(1))
mode_of   = $(firstword $(call parts,$(1)))
cc_of     = $(if $(filter clang fuzz,$(call parts,$(1))),clang,gcc)
san_of    = $(subst $(space),$(comma),$(filter $(SANITIZERS),$(call parts,$(1))))$(if $(filter fuzz,$(call parts,$(1))),address$(comma)undefined$(comma)fuzzer-no-link)
count_of  = $(or $(filter atomic mutex,$(call parts,$(1))),biased)
rcu_of    = $(or $(filter memb,$(call parts,$(1))),qsbr)
# SLP puts `free` and `used` of a page into one vector store: slower in every allocation.
# Loops are aligned, or the shortest of them have two speeds, by chance.
opt_of    = -fno-tree-slp-vectorize -falign-loops=64 -falign-functions=64 $(if $(filter debug,$(call parts,$(1))),-O1,$(if $(san_of),-O1 -DNDEBUG,-O2 -DNDEBUG))
cflags_of = $(CFLAGS) $(if $(filter debug,$(call parts,$(1))),-g,-g1) $(opt_of) $(if $(san_of),-fsanitize=$(san_of) -fno-omit-frame-pointer -fno-sanitize-recover=all) \
            $(if $(filter debug chaos fuzz $(SANITIZERS),$(call parts,$(1))),-DCHAOS) \
            $(if $(filter coverage,$(call parts,$(1))),--coverage -DCOVERAGE -fno-builtin-fork) \
            $(flags_$(mode_of)) -iquote $(mode_of) -iquote .
flags_nogil = -DREFCOUNT_POLICY='"refcount_$(count_of).h"' -DRCU_POLICY='"rcu_$(rcu_of).h"'
libs_of     = -lgmp -lunistring -lmd -ledit -lm $(if $(filter nogil,$(mode_of)),-lurcu-$(rcu_of) -lurcu-common)
sources_gil   = $(core) $(wildcard gil/*.c)
sources_nogil = $(core) $(filter-out nogil/refcount_%,$(wildcard nogil/*.c)) \
                $(wildcard nogil/refcount_$(count_of).c)

compile = $(cc_of) $(cflags_of) $$(eval_flags) -MMD -MP -DBUILD_COMPILER='"$(cc_of)"' -DBUILD_FLAGS='"$(opt_of)"' \
    -DBUILD_COMMIT='"$(commit)"' -DGILT_VERSION='"$(VERSION)"'

# The interpreter, for people who debug it.
define program
build/$(1)/gilt: build/$(1)/core/main.o $$(linked_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -o $$@
endef

# The interpreter that people use. As CPython's, what most of the time goes to is compiled as
# a whole, and with what a run of programs has taught the compiler: a tenth less time.
# TRAINING are those programs. It stands at a fixed address: the jump from one instruction to
# the next then needs no register for where the table of them is.
TRAINING := b_tree big_int_digits constraint_solver fannkuch generators graph_search \
    json_round_trip lru_cache mandelbrot n_body n_queens ray_tracer scheduler spectral_norm \
    string_building word_count
release_parts := gil nogil atomic mutex memb
fixed := -fno-pie -no-pie
learn := $(fixed) -fprofile-generate
apply := $(fixed) -w -flto=$(jobs) -fprofile-use -fprofile-correction -fprofile-partial-training
hot := core/vm/% core/types/% core/object/% core/memory/% core/gc/% core/threads/% gil/% nogil/%
define trained_program
training_$(1) := $$(patsubst %.c,build/$(1)/training/%.o,$(filter $(hot),$(sources_$(mode_of))))
trained_$(1)  := $$(training_$(1):build/$(1)/training/%=build/$(1)/trained/%)
untrained_$(1) := $$(patsubst %.c,build/$(1)/%.o,core/main.c $(filter-out $(hot),$(sources_$(mode_of))))
build/$(1)/training/%.o: %.c
	@mkdir -p $$(@D)
	@echo "  $(1), to learn: $$<"
	@$(compile) $(learn) -c $$< -o $$@
build/$(1)/training/gilt: $$(training_$(1)) $$(untrained_$(1))
	@$(cc_of) $(cflags_of) $(learn) $$^ $(libs_of) -o $$@
build/$(1)/training/profile: build/$(1)/training/gilt $(TRAINING:%=workloads/programs/%.py)
	@echo "  $(1): $(words $(TRAINING)) programs run, from which the compiler learns"
	@find build/$(1)/training -name '*.gcda' -delete
	@for p in $(TRAINING); do GILTLIB=core/lib $$< workloads/programs/$$$$p.py >/dev/null || exit 1; done
	@touch $$@
build/$(1)/trained/%.o: %.c build/$(1)/training/profile
	@mkdir -p $$(@D)
	@echo "  $(1), learnt: $$<"
	@$(compile) $(apply) -dumpdir build/$(1)/training/$$(*D)/ -dumpbase $$(*F) -c $$< -o $$@
build/$(1)/gilt: $$(trained_$(1)) $$(untrained_$(1))
	@echo "  $(1)/gilt"
	@$(cc_of) $(cflags_of) $(apply) $$^ $(libs_of) -o $$@
-include $$(wildcard $$(training_$(1):.o=.d) $$(trained_$(1):.o=.d))
endef

define variant
objects_$(1) := $(patsubst %.c,build/$(1)/%.o,$(sources_$(mode_of)))
linked_$(1)  := $$(objects_$(1)) $(if $(san_of),build/$(1)/tests/sanitizers.o) \
                $(if $(filter coverage,$(call parts,$(1))),build/$(1)/tests/coverage/keep.o)
tests_$(1)   := $(patsubst %.c,build/$(1)/%,$(tests))

build/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	@echo "  $(1): $$<"
	@$(compile) -c $$< -o $$@

# Each instruction ends in a jump of its own, that the processor learns by itself: GCC's
# wish to share code would merge them. And clearing a few registers is no call of memset.
# All of the loop is one region to allocate registers for, or pc gets none.
$(addsuffix /core/vm/eval.o,build/$(1) build/$(1)/training build/$(1)/trained): eval_flags := \
    $(if $(filter gcc,$(cc_of)),-fno-gcse -fno-crossjumping -fno-tree-loop-distribute-patterns -fira-region=one)

# All symbols but those of gilt.h become local, so that they cannot clash with a user's.
build/$(1)/libgilt-$(mode_of).a: $$(objects_$(1))
	@ld -r -o build/$(1)/gilt.o $$^ && objcopy --localize-hidden build/$(1)/gilt.o
	@rm -f $$@ && ar rcs $$@ build/$(1)/gilt.o

build/$(1)/worker: $$(patsubst %.c,build/$(1)/%.o,$(micro)) $$(linked_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -o $$@

build/$(1)/collector: $$(patsubst %.c,build/$(1)/%.o,$(scenes)) $$(linked_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -o $$@

$(call $(if $(filter-out $(release_parts),$(call parts,$(1))),program,trained_program),$(1))

build/$(1)/fuzz: $$(patsubst %,build/$(1)/tests/fuzz/%.o,target check) $$(linked_$(1))
	@$(cc_of) $(subst -no-link,,$(cflags_of)) $$^ $(libs_of) -o $$@

build/$(1)/stress: $$(patsubst %.c,build/$(1)/%.o,$(stress)) $$(linked_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -o $$@

$$(tests_$(1)): build/$(1)/%: build/$(1)/%.o $$(linked_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -lcmocka -o $$@
$$(filter build/$(1)/tests/stress/%,$$(tests_$(1))): \
    $$(patsubst %.c,build/$(1)/%.o,$(filter-out tests/stress/main.c,$(stress)))
$$(filter build/$(1)/tests/fuzz/%,$$(tests_$(1))): build/$(1)/tests/fuzz/check.o

-include $$(wildcard $$(linked_$(1):.o=.d) $$(tests_$(1):=.d) build/$(1)/core/main.d build/$(1)/tests/stress/*.d \
    build/$(1)/tests/fuzz/*.d build/$(1)/workloads/*/*.d)
endef
$(foreach v,$(variants),$(eval $(call variant,$(v))))

build/workloads/%.o: workloads/%.c
	@mkdir -p $(@D)
	@echo "  bench: $<"
	@gcc $(CFLAGS) -O2 -iquote . -MMD -MP -c $< -o $@
build/bench: $(bench)
	@gcc $(CFLAGS) $^ -lm -o $@
build/collector: $(patsubst %.c,build/%.o,$(compare)) $(addprefix build/workloads/bench/,tool.o worker.o)
	@gcc $(CFLAGS) $^ -lm -o $@
build/gilt: core/launcher.c build/gil/gilt build/nogil/gilt
	@gcc $(CFLAGS) -O2 $< -o $@
-include $(bench:.o=.d) $(patsubst %.c,build/%.d,$(compare))

# The two commands bring what they need. This runs before anything is built.
setup := $(if $(filter $(needs_setup),$(MAKECMDGOALS)),$(shell .ci/setup $(MAKECMDGOALS) >&2 || echo failed))
$(if $(setup),$(error gilt cannot be built yet))
setup: ; @echo "All that gilt needs is there."

bench: all
	@mkdir -p build/report
	@build/bench --json build/report/results.json --svg build/report/throughput.svg \
	    --html build/report/index.html $(BENCH)
	@echo "The report is in build/report: index.html, results.json, throughput.svg"

collector: build/collector build/gil/collector build/nogil/collector
	@build/collector $(addprefix --peer ,$(PEER)) $(COLLECTOR)

install: all
	@mkdir -p $(PREFIX)/include $(PREFIX)/lib/pkgconfig
	@install -m 644 core/gilt.h $(PREFIX)/include/gilt.h
	@install -m 644 build/$(gil)/libgilt-gil.a build/$(nogil)/libgilt-nogil.a $(PREFIX)/lib
	@for mode in gil nogil; do sed "s|@PREFIX@|$(abspath $(PREFIX))|; s|@MODE@|$$mode|; \
	    s|@VERSION@|$(VERSION)|; s|@LIBS@|$(call libs_of,gil)$$([ $$mode = gil ] || echo ' -lurcu-$(RCU) -lurcu-common')|" \
	    core/gilt.pc.in >$(PREFIX)/lib/pkgconfig/gilt-$$mode.pc; done
	@echo "Installed in $(PREFIX): link with pkg-config gilt-gil or gilt-nogil"

clean:
	@rm -rf build
