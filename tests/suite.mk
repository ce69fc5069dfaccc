# suite.mk: what is run to find mistakes, and in which variants. Included by the Makefile.
#
# `make test` is a short run of everything here; each long run has a target of its own.
#: make test       set up, build, run all tests in both modes, and a little of what follows
#: make tsan asan ubsan  all tests, modes, policies and compilers under a sanitizer
#: make stress     random programs: SECONDS=60 THREADS=8 SEED=... VARIANTS="nogil-thread ..."
#: make fuzz       any bytes as a program: SECONDS=60 FUZZ_VARIANT=gil-debug-fuzz
#: make stress-gc  all tests with collections all the time, in 7 variants (15 minutes)
#: make models     check the protocols exhaustively with Spin
#: make mutants    seeded bugs: is each of them caught? TIMES=10 says how often
#: make coverage   which lines the tests run, in build/coverage/
#: make lint       check the seam between core and the modes
.PHONY: test tsan asan ubsan stress fuzz stress-gc models mutants coverage lint

policies       := gil nogil nogil-atomic nogil-mutex nogil-memb
plain_variants := gil nogil gil-debug nogil-debug
race_variants  := nogil-atomic nogil-mutex gil-thread nogil-thread
gc_variants    := nogil-memb-thread
heap_variants  := gil-address-undefined nogil-address-undefined
needs_setup    := bench test setup tsan asan ubsan fuzz models coverage

SECONDS  := 60
THREADS  := 8
FUZZ_VARIANT := gil-debug-fuzz
VARIANTS := gil-debug nogil-debug gil-thread nogil-memb-thread

# Each sanitizer in full: every policy, with either compiler. Addresses and undefined
# behaviour are looked at by one build.
sanitized = $(foreach p,$(policies),$(p)-$(1) $(p)-$(1)-clang)
full_tsan := $(call sanitized,thread)
full_asan := $(call sanitized,address-undefined)
full_ubsan := $(full_asan)
full_coverage := $(addsuffix -debug-coverage,$(policies))
suite_variants := $(plain_variants) $(race_variants) $(gc_variants) $(heap_variants) \
    $(foreach t,tsan asan ubsan coverage,$(if $(filter $(t),$(MAKECMDGOALS)),$(full_$(t)))) \
    $(if $(filter stress,$(MAKECMDGOALS)),$(VARIANTS)) \
    $(if $(filter fuzz,$(MAKECMDGOALS)),$(FUZZ_VARIANT))

# $(call programs,TESTS,VARIANTS): the programs of these test files.
programs = $(foreach v,$(2),$(patsubst %.c,build/$(v)/%,$(1)))

race_tests  := $(filter tests/threads/% tests/unit/% tests/stress/%,$(tests))
heap_tests  := $(filter tests/gc/%,$(tests))
value_tests := $(filter tests/types/% tests/unit/%,$(tests))
fault_tests := $(filter tests/faults/% tests/fuzz/%,$(tests))
suite := $(call programs,$(filter-out $(fault_tests),$(tests)),$(plain_variants)) \
         $(call programs,$(fault_tests),gil-debug nogil-debug) \
         $(call programs,$(race_tests),$(race_variants) $(gc_variants)) \
         $(call programs,$(heap_tests),$(gc_variants)) \
         $(call programs,$(heap_tests) $(value_tests),$(heap_variants))

# TAP by prove, as many programs at once as there are cores. One that hangs has failed.
export CMOCKA_MESSAGE_OUTPUT := TAP
prove := prove --timer -j$(jobs) --exec 'timeout -k 10 600'
# $(call language,VARIANTS,AREA/): the programs in tests/language, or one folder of them.
language = VARIANTS="$(strip $(1))" LANGUAGE="$(2)" prove tests/language/language.t

test: lint all build/collector build/gil/collector build/nogil/collector $(suite) \
      $(call programs,stress.c,gil-debug nogil-debug nogil-memb-thread) build/nogil-thread/gilt
	@$(prove) $(suite)
	@$(call language,nogil-thread,threading/)
	@echo "Once more what has threads, with other policies of reclaiming, and counts soon spread:"
	@GILT_X="reclaim=object retire=20000 refcache=1" $(prove) $(filter \
	    build/nogil/tests/threads/% build/nogil-memb-thread/tests/threads/%,$(suite))
	@echo "Once more with a collection at every N-th container that is made:"
	@$(call collecting,1,nogil-debug)
	@$(call collecting,100,gil-debug)
	@$(call collecting,1000,gil-debug)
	@echo "Random programs:"
	@$(call random_programs,15,gil-debug nogil-debug nogil-memb-thread)
	@echo "The commands; a little of the models and of the seeded bugs:"
	@prove -j$(jobs) tests/*/*.t
	@prove -j$(jobs) tests/models/run tests/mutants/run :: --short

lint:
	@tests/lint

# ---- sanitizers ----
# All tests and all programs in Python; then what has threads with the other policy of
# reclaiming and counts soon spread, and with noise.
define sanitizer
$(1): $(call programs,$(tests) gilt.c,$(full_$(1)))
	@$(prove) $(call programs,$(tests),$(full_$(1)))
	@$(call language,$(full_$(1)))
	$(if $(filter nogil%,$(full_$(1))),@GILT_X="reclaim=object retire=20000 refcache=1" \
	    $(prove) $(call programs,$(race_tests),$(filter nogil%,$(full_$(1)))))
	@GILT_X=chaos=1 $(prove) $(call programs,$(race_tests),$(full_$(1)))
	@GILT_X=chaos=1 $(call language,$(full_$(1)),threading/)
endef
$(foreach t,$(sort $(patsubst ubsan,asan,$(filter tsan asan ubsan,$(MAKECMDGOALS)))),$(eval $(call sanitizer,$(t))))
ubsan: asan

# ---- collections all the time. N is 1, but for tests that make many containers.
# tests/gc/oom_test collects by request only. ----
every_1000 := tests/threads/lifetime_test tests/fuzz/corpus_test
every_100  := tests/types/class_test tests/types/list_test tests/types/tuple_test \
              tests/faults/depth_test tests/faults/memory_test tests/faults/oom_test \
              tests/faults/oom_objects_test \
              tests/threads/instance_test tests/gc/threads_test
every_1    := $(filter-out $(every_1000) $(every_100) tests/gc/oom_test,$(tests:.c=))
collecting_variants := gil nogil gil-debug nogil-debug $(heap_variants)
collecting = GILT_X=gc_stress=$(1) $(prove) \
    $(foreach v,$(2),$(addprefix build/$(v)/,$(filter $(or $(3),%),$(every_$(1)))))
stress-gc: $(call programs,$(tests),$(collecting_variants) nogil-thread)
	@$(call collecting,1,$(collecting_variants))
	@$(call collecting,100,$(collecting_variants))
	@$(call collecting,1000,$(collecting_variants))
	@$(call collecting,1,nogil-thread,tests/threads/% tests/gc/%)
	@$(call collecting,100,nogil-thread,tests/threads/% tests/gc/%)
	@$(call collecting,1000,nogil-thread,tests/threads/% tests/gc/%)

# ---- random programs: the seconds are shared by the variants ----
random_programs = for v in $(2); do build/$$v/stress --threads $(THREADS) $(if $(SEED),--seed $(SEED)) \
    --seconds $$((($(1) + $(words $(2)) - 1) / $(words $(2)))) || exit 1; done
stress: $(call programs,stress.c,$(VARIANTS))
	@$(call random_programs,$(SECONDS),$(VARIANTS))

# ---- any bytes as a program: what libFuzzer finds to be new is kept in build/fuzz/ ----
fuzz: build/$(FUZZ_VARIANT)/fuzz
	@mkdir -p build/fuzz/new build/fuzz/found
	@$< -max_total_time=$(SECONDS) -dict=tests/fuzz/python.dict -timeout=20 -rss_limit_mb=2500 \
	    -max_len=4096 -artifact_prefix=build/fuzz/found/ $(FUZZ) build/fuzz/new tests/fuzz/corpus

# ---- the rest ----
models:
	@prove tests/models/run
mutants:
	@prove tests/mutants/run $(if $(TIMES),:: --times $(TIMES))

# ---- coverage: every policy, the lines of core and the modes ----
counted := gil-debug-coverage nogil-debug-coverage
coverage: $(call programs,$(tests) gilt.c,$(counted)) \
          $(call programs,$(filter tests/threads/% tests/unit/%,$(tests)),$(full_coverage))
	@find build/*-coverage -name '*.gcda' -delete
	@$(prove) $(sort $(filter-out %/gilt,$^))
	@$(call language,$(counted))
	@VARIANTS="$(counted)" prove tests/language/command.t
	@GILT_X="reclaim=object retire=20000 refcache=1" $(prove) $(call programs,$(race_tests),nogil-debug-coverage)
	@GILT_X=chaos=1 $(prove) $(call programs,$(race_tests),$(counted))
	@$(call collecting,1,nogil-debug-coverage)
	@tests/coverage/report
