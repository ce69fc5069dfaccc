# gilt. `make bench` and `make test` are the two commands; `make help` lists the rest.
#
# A variant of the build is a directory whose name says it all: the mode, then any of
#   atomic mutex       how nogil counts (biased if neither)
#   memb               the flavour of RCU (qsbr if not)
#   debug              assertions, less optimisation
#   thread address undefined   a sanitizer
#   clang              the compiler (gcc if not)
# as in build/gil, build/nogil-atomic or build/nogil-memb-thread. `make nogil
# REFCOUNT=atomic DEBUG=1 SAN=thread` puts the name together. A mode is an include path,
# a policy is a file.

PREFIX   := /usr/local
REFCOUNT := biased
RCU      := qsbr
VERSION  := 0.1.0
SANITIZERS := thread address undefined

$(if $(filter-out biased atomic mutex,$(REFCOUNT)),$(error REFCOUNT must be biased, atomic or mutex, not $(REFCOUNT)))
$(if $(filter-out qsbr memb,$(RCU)),$(error RCU must be qsbr or memb, not $(RCU)))
$(if $(filter-out $(SANITIZERS),$(SAN)),$(error SAN must be one of $(SANITIZERS), not $(SAN)))

flavor := $(if $(DEBUG),-debug)$(addprefix -,$(SAN))$(if $(findstring clang,$(CC)),-clang)
gil   := gil$(flavor)
nogil := nogil$(patsubst %,-%,$(filter-out biased,$(REFCOUNT)) $(filter-out qsbr,$(RCU)))
nogil := $(subst $() ,,$(nogil))$(flavor)

plain_variants := gil nogil nogil-atomic nogil-mutex nogil-memb gil-debug nogil-debug
race_variants  := gil-thread nogil-thread nogil-memb-thread
heap_variants  := gil-address nogil-address
variants := $(sort $(plain_variants) $(race_variants) $(heap_variants) $(gil) $(nogil))

core  := $(wildcard core/*.c core/*/*.c)
micro := $(wildcard workloads/micro/*.c workloads/procs/*.c)
tests := $(wildcard tests/unit/*.c tests/types/*.c tests/threads/*.c tests/faults/*.c tests/gc/*.c)
compare := $(wildcard workloads/collector/compare*.c)
scenes  := $(filter-out $(compare),$(wildcard workloads/collector/*.c))
bench := $(patsubst %.c,build/%.o,$(wildcard workloads/bench/*.c))

jobs := $(shell nproc 2>/dev/null || echo 2)
MAKEFLAGS += -j$(jobs) --output-sync=target

.PHONY: help bench collector test stress-gc gil nogil lint models install setup clean all
help:
	@sed -n 's/^#: //p' Makefile

#: make bench      set up, build both modes, run all workloads, write build/report/
#: make collector  measure the collector in both modes; PEER=python3 beside a Python
#: make test       set up, build, run all tests in both modes
#: make gil nogil  one mode; with REFCOUNT=atomic|mutex RCU=memb DEBUG=1 SAN=thread CC=clang
#: make stress-gc  all tests with collections all the time, in 7 variants (15 minutes)
#: make lint       check the seam between core and the modes
#: make models     check the protocols exhaustively with Spin (about two minutes)
#: make install    PREFIX=/usr/local: libraries, header, pkg-config files
#: make clean      remove build/
all: gil nogil build/bench
gil: build/$(gil)/libgilt-gil.a build/$(gil)/worker
nogil: build/$(nogil)/libgilt-nogil.a build/$(nogil)/worker

WARN   := -Wall -Wextra $(if $(CI),-Werror)
CFLAGS := -std=gnu11 -g $(WARN) -pthread -fno-strict-aliasing -fvisibility=hidden \
          -ftls-model=local-exec
commit := $(shell git describe --always --dirty 2>/dev/null || echo unknown)

# What the words of a variant's name mean.
parts     = $(subst -, ,$(1))
mode_of   = $(firstword $(call parts,$(1)))
cc_of     = $(if $(filter clang,$(call parts,$(1))),clang,gcc)
san_of    = $(filter $(SANITIZERS),$(call parts,$(1)))
count_of  = $(or $(filter atomic mutex,$(call parts,$(1))),biased)
rcu_of    = $(or $(filter memb,$(call parts,$(1))),qsbr)
# SLP puts `free` and `used` of a page into one vector store: slower in every allocation.
# Loops are aligned, or the shortest of them have two speeds, by chance.
opt_of    = -fno-tree-slp-vectorize -falign-loops=64 -falign-functions=64 $(if $(filter debug,$(call parts,$(1))),-O1,$(if $(san_of),-O1 -DNDEBUG,-O2 -DNDEBUG))
cflags_of = $(CFLAGS) $(opt_of) $(if $(san_of),-fsanitize=$(san_of) -fno-omit-frame-pointer) \
            $(flags_$(mode_of)) -iquote $(mode_of) -iquote .
flags_nogil = -DREFCOUNT_POLICY='"refcount_$(count_of).h"' -DRCU_POLICY='"rcu_$(rcu_of).h"'
libs_of     = -lgmp -lm $(if $(filter nogil,$(mode_of)),-lurcu-$(rcu_of) -lurcu-common)
sources_gil   = $(core) $(wildcard gil/*.c)
sources_nogil = $(core) $(filter-out nogil/refcount_%,$(wildcard nogil/*.c)) \
                $(wildcard nogil/refcount_$(count_of).c)

define variant
objects_$(1) := $(patsubst %.c,build/$(1)/%.o,$(sources_$(mode_of)))
tests_$(1)   := $(patsubst %.c,build/$(1)/%,$(tests))

build/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	@echo "  $(1): $$<"
	@$(cc_of) $(cflags_of) -MMD -MP -DBUILD_COMPILER='"$(cc_of)"' -DBUILD_FLAGS='"$(opt_of)"' \
	    -DBUILD_COMMIT='"$(commit)"' -c $$< -o $$@

# All symbols but those of gilt.h become local, so that they cannot clash with a user's.
build/$(1)/libgilt-$(mode_of).a: $$(objects_$(1))
	@ld -r -o build/$(1)/gilt.o $$^ && objcopy --localize-hidden build/$(1)/gilt.o
	@rm -f $$@ && ar rcs $$@ build/$(1)/gilt.o

build/$(1)/worker: $$(patsubst %.c,build/$(1)/%.o,$(micro)) $$(objects_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -o $$@

build/$(1)/collector: $$(patsubst %.c,build/$(1)/%.o,$(scenes)) $$(objects_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -o $$@

$$(tests_$(1)): build/$(1)/%: build/$(1)/%.o $$(objects_$(1))
	@$(cc_of) $(cflags_of) $$^ $(libs_of) -lcmocka -o $$@

-include $$(wildcard $$(objects_$(1):.o=.d) $$(tests_$(1):=.d) build/$(1)/workloads/*/*.d)
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
-include $(bench:.o=.d) $(patsubst %.c,build/%.d,$(compare))

# The two commands bring what they need. This runs before anything is built.
setup := $(if $(filter bench test setup,$(MAKECMDGOALS)),$(shell .ci/setup >&2 || echo failed))
$(if $(setup),$(error gilt cannot be built yet))
setup: ; @echo "All that gilt needs is there."

bench: all
	@mkdir -p build/report
	@build/bench --json build/report/results.json --svg build/report/throughput.svg \
	    --html build/report/index.html $(BENCH)
	@echo "The report is in build/report: index.html, results.json, throughput.svg"

collector: build/collector build/gil/collector build/nogil/collector
	@build/collector $(addprefix --peer ,$(PEER)) $(COLLECTOR)

lint:
	@tests/lint

# Every test in every variant; a few variants run only what has threads, or what the
# collector does. TAP by prove.
export CMOCKA_MESSAGE_OUTPUT := TAP
export TSAN_OPTIONS := history_size=7:halt_on_error=1:second_deadlock_stack=1:atexit_sleep_ms=0:exitcode=66:detect_deadlocks=0
race_tests := $(patsubst %.c,%,$(filter tests/threads/% tests/unit/% tests/gc/%,$(tests)))
heap_tests := $(patsubst %.c,%,$(filter tests/gc/%,$(tests)))
suite := $(foreach v,$(plain_variants),$(tests_$(v))) \
         $(foreach v,$(race_variants),$(addprefix build/$(v)/,$(race_tests))) \
         $(foreach v,$(heap_variants),$(addprefix build/$(v)/,$(heap_tests)))
test: lint all build/collector build/gil/collector build/nogil/collector $(suite)
	@prove -j$(jobs) --exec '' $(suite)
	@echo "Once more what has threads, with other policies of reclaiming:"
	@GILT_X="reclaim=object retire=20000" prove -j$(jobs) --exec '' $(filter \
	    build/nogil/tests/threads/% build/nogil-memb-thread/tests/threads/%,$(suite))
	@echo "Once more with a collection at every N-th container that is made:"
	@$(call stress,1,nogil-debug)
	@$(call stress,100,gil)
	@$(call stress,1000,gil)
	@prove tests/unit/*.t tests/bench/*.t tests/embed/*.t

# Collections all the time. N is 1, but for tests that make many containers.
# tests/gc/oom_test collects by request only.
stress_1000 := tests/threads/lifetime_test
stress_100  := tests/types/class_test tests/types/list_test tests/types/tuple_test \
               tests/faults/depth_test tests/faults/memory_test tests/faults/oom_test \
               tests/threads/instance_test tests/gc/threads_test
stress_1    := $(filter-out $(stress_1000) $(stress_100) tests/gc/oom_test,$(tests:.c=))
stress_variants := gil nogil gil-debug nogil-debug $(heap_variants)
stress = GILT_X=gc_stress=$(1) prove -j$(jobs) --exec '' \
    $(foreach v,$(2),$(addprefix build/$(v)/,$(filter $(or $(3),%),$(stress_$(1)))))
stress-gc: $(foreach v,$(stress_variants) nogil-thread,$(tests_$(v)))
	@$(call stress,1,$(stress_variants))
	@$(call stress,100,$(stress_variants))
	@$(call stress,1000,$(stress_variants))
	@$(call stress,1,nogil-thread,tests/threads/% tests/gc/%)
	@$(call stress,100,nogil-thread,tests/threads/% tests/gc/%)
	@$(call stress,1000,nogil-thread,tests/threads/% tests/gc/%)

models:
	@prove tests/models/run

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
