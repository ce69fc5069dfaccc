/* registry.c: one linked list, kept sorted as workloads register themselves. */
#include "workloads/procs/registry.h"
#include <string.h>

static Workload *first;

static bool comes_before(const Workload *a, const Workload *b) {
    if ((a->data == CONTROL) != (b->data == CONTROL)) return a->data == CONTROL;
    return strcmp(a->name, b->name) < 0;
}

void workload_register(Workload *workload) {
    Workload **place = &first;
    while (*place && comes_before(*place, workload)) place = &(*place)->next;
    workload->next = *place;
    *place = workload;
}

Workload *registry_first(void) { return first; }

Workload *registry_find(const char *name) {
    for (Workload *w = first; w; w = w->next)
        if (!strcmp(w->name, name)) return w;
    return NULL;
}

const char *registry_data_name(const Workload *workload) {
    static const char *const names[] = {
        [PRIVATE] = "private", [SHARED] = "shared", [CONTROL] = "control"};
    return names[workload->data];
}
