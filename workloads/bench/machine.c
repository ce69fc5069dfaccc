/* machine.c: reads /proc and asks the kernel. What is not to be known is "unknown". */
#include "workloads/bench/machine.h"
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* x86 says "model name"; others say less, and then the architecture must do. */
static void read_cpu(char *cpu, size_t size, const char *architecture) {
    FILE *info = fopen("/proc/cpuinfo", "r");
    char line[256];
    snprintf(cpu, size, "%s", architecture);
    while (info && fgets(line, sizeof line, info)) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) || !colon) continue;
        snprintf(cpu, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
        break;
    }
    if (info) fclose(info);
}

Machine machine_facts(void) {
    Machine machine = {.cores = allowed_cores()};
    struct utsname names;
    if (uname(&names))
        strcpy(names.machine, "unknown");
    else
        snprintf(machine.kernel, sizeof machine.kernel, "%.90s %.90s", names.sysname,
                 names.release);
    read_cpu(machine.cpu, sizeof machine.cpu, names.machine);
    machine.memory_bytes =
        (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    time_t now = time(NULL);
    strftime(machine.date, sizeof machine.date, "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
    return machine;
}
