/* refcount_mutex.c: the mutex. */
#include "core/mode.h"

pthread_mutex_t ref_mutex = PTHREAD_MUTEX_INITIALIZER;
