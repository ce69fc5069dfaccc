/* sanitized.h: SANITIZED is defined if a sanitizer has replaced malloc and watches threads,
 * THREADS_WATCHED if it is ThreadSanitizer. */
#pragma once

#if defined __has_feature
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined __SANITIZE_THREAD__ || defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#endif

#if defined __has_feature
#if __has_feature(thread_sanitizer)
#define THREADS_WATCHED 1
#endif
#endif
#if defined __SANITIZE_THREAD__
#define THREADS_WATCHED 1
#endif
