/* ck_seen.h: lets ThreadSanitizer see what ConcurrencyKit does.
 *
 * CK's primitives are inline assembly, which the sanitizer does not look into. With
 * CK_USE_CC_BUILTINS they are compiler built-ins, except loads and stores, which stay
 * plain; in builds with the sanitizer those become atomic here, after CK has defined its
 * own and before its structures use them. Other builds get CK as it is. Include before
 * any CK header. */
#pragma once
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1 /* as gcc says it */
#endif
#endif

#ifdef __SANITIZE_THREAD__
#define CK_USE_CC_BUILTINS 1
#include <ck_cc.h>
#include <ck_limits.h>
#include <ck_md.h>
#include <ck_stdbool.h>
#include <ck_stdint.h>
#define CK_PR_H /* CK's built-ins want to be included by ck_pr.h only */
#include <gcc/ck_pr.h>
#undef CK_PR_H
#define ck_pr_md_load_ptr(at) __atomic_load_n((void **)(at), __ATOMIC_ACQUIRE)
#define ck_pr_md_store_ptr(at, value)                                                      \
    __atomic_store_n((void **)(at), (void *)(value), __ATOMIC_RELEASE)
#endif
#include <ck_pr.h>
