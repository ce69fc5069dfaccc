/* ck_seen.h: lets ThreadSanitizer see what ConcurrencyKit does.
 *
 * CK's primitives are inline assembly, which the sanitizer does not look into; with
 * CK_USE_CC_BUILTINS they are compiler built-ins, except loads and stores, which stay
 * plain. In builds with the sanitizer those become atomic here. Include before any CK
 * header. Other builds get CK as it is. */
#pragma once
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1 /* as gcc says it */
#endif
#endif

#ifdef __SANITIZE_THREAD__
#define CK_USE_CC_BUILTINS 1
#include <ck_pr.h>
#undef ck_pr_load_ptr
#undef ck_pr_store_ptr
#define ck_pr_load_ptr(at) __atomic_load_n((void **)(at), __ATOMIC_ACQUIRE)
#define ck_pr_store_ptr(at, value) __atomic_store_n((void **)(at), (void *)(value), __ATOMIC_RELEASE)
#endif
