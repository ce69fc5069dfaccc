/* json.c: all figures for other programs. Checksums are texts, because 64 bits do not fit
 * in a number of JSON; what cannot be known is null. */
#include "workloads/bench/output.h"
#include <inttypes.h>
#include <math.h>

static void put_text(FILE *out, const char *text) {
    putc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(out, "\\%c", *c);
        else if (*c < ' ')
            fprintf(out, "\\u%04x", *c);
        else
            putc(*c, out);
    }
    putc('"', out);
}

static void put_field(FILE *out, const char *name, const char *text) {
    fprintf(out, "    \"%s\": ", name);
    put_text(out, text);
    fputs(",\n", out);
}

static void put_ratio(FILE *out, const char *name, double ratio) {
    if (isnan(ratio))
        fprintf(out, "\"%s\": null, ", name);
    else
        fprintf(out, "\"%s\": %.4f, ", name, ratio);
}

static void put_modes(FILE *out, const Plan *plan) {
    fputs("    \"policies\": {", out);
    for (int i = 0; i < plan->mode_count; i++) {
        fputs(i ? ", " : "", out);
        put_text(out, plan->modes[i].label);
        fputs(": ", out);
        put_text(out, plan->modes[i].policies);
    }
    fputs("},\n", out);
}

static void put_machine(FILE *out, const Plan *plan) {
    Machine machine = machine_facts();
    fputs("  \"machine\": {\n", out);
    put_field(out, "cpu", machine.cpu);
    fprintf(out, "    \"cores\": %d,\n    \"memory_bytes\": %" PRIu64 ",\n", machine.cores,
            machine.memory_bytes);
    put_field(out, "kernel", machine.kernel);
    put_field(out, "compiler", plan->modes[0].compiler);
    put_field(out, "flags", plan->modes[0].flags);
    put_field(out, "commit", plan->modes[0].commit);
    put_field(out, "date", machine.date);
    put_field(out, "command", plan->command);
    put_modes(out, plan);
    fprintf(out, "    \"seconds\": %g,\n    \"repeat\": %d,\n    \"complete\": %s\n  },\n",
            plan->seconds, plan->repeat, interrupted() ? "false" : "true");
}

static void put_histogram(FILE *out, const Pauses *p, const Histogram *h) {
    fprintf(out, "{\"median\": %.9f, \"p99\": %.9f, \"worst\": %.9f, \"histogram\": [",
            pauses_quantile(p, h, 0.5), pauses_quantile(p, h, 0.99), pauses_worst(p, h));
    const char *between = "";
    for (int i = 0; i < p->buckets; i++) {
        if (!h->counts[i]) continue;
        fprintf(out, "%s[%.9f, %" PRIu64 "]", between, pauses_from(p, i), h->counts[i]);
        between = ", ";
    }
    fputs("]}", out);
}

static void put_pauses(FILE *out, const Result *r) {
    const Pauses *p = &r->pauses;
    if (!result_has_pauses(r)) {
        fputs("\"pauses\": null, ", out);
        return;
    }
    fprintf(out,
            "\"pauses\": {\"collections\": [%" PRIu64 ", %" PRIu64 ", %" PRIu64
            "], \"stops\": %" PRIu64 ", \"stopped\": ",
            p->collections[0], p->collections[1], p->collections[2],
            pauses_count(&p->stopped));
    put_histogram(out, p, &p->stopped);
    fputs(", \"to_stop\": ", out);
    put_histogram(out, p, &p->to_stop);
    fputs("}, ", out);
}

static void put_result(FILE *out, const Result *r) {
    fputs("    {\"workload\": ", out);
    put_text(out, r->workload->name);
    fputs(", \"mode\": ", out);
    put_text(out, r->mode->label);
    fprintf(out, ", \"threads\": %d, \"operations_per_second\": %.3f, ", r->threads,
            r->throughput);
    put_ratio(out, "speedup", r->speedup);
    put_ratio(out, "efficiency", r->efficiency);
    fprintf(out, "\"peak_bytes\": %" PRIu64 ", \"checksum\": \"0x%016" PRIx64 "\", ",
            r->peak_bytes, r->checksum);
    put_pauses(out, r);
    fputs("\"samples\": [", out);
    for (int i = 0; i < r->sample_count; i++)
        fprintf(out, "%s%.3f", i ? ", " : "", r->samples[i]);
    fputs("]}", out);
}

static void put_error(FILE *out, const Result *r) {
    fputs("    {\"workload\": ", out);
    put_text(out, r->workload->name);
    fputs(", \"mode\": ", out);
    put_text(out, r->mode->label);
    fprintf(out, ", \"threads\": %d, \"error\": ", r->threads);
    put_text(out, r->error);
    putc('}', out);
}

static void put_results(FILE *out, const Results *results, bool errors) {
    const char *between = "\n";
    fprintf(out, "  \"%s\": [", errors ? "errors" : "results");
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        if (errors ? !r->error : !result_is_good(r)) continue;
        fputs(between, out);
        between = ",\n";
        if (errors)
            put_error(out, r);
        else
            put_result(out, r);
    }
    fputs("\n  ]", out);
}

bool json_write(const Plan *plan, const Results *results, const char *path) {
    NewFile json;
    if (!new_file_begin(&json, path)) return false;
    fputs("{\n", json.file);
    put_machine(json.file, plan);
    put_results(json.file, results, false);
    if (results_failed(results)) {
        fputs(",\n", json.file);
        put_results(json.file, results, true);
    }
    fputs("\n}\n", json.file);
    return new_file_commit(&json);
}
