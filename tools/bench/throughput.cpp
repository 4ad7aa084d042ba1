// How many labels' texts a second go through each stage, on one core. Every stage starts from what the one before it
// made, so that its figure is its own.
//
//     build/tools/throughput                       the labels of tools/bench/labels.jsonl
//     build/tools/throughput LABELS.jsonl          {"id": ..., "text": ...} a line
//     build/tools/throughput --benchmark_filter=parse
#include <benchmark/benchmark.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "calc/assess.h"
#include "parser/columns.h"
#include "parser/document.h"
#include "parser/label_parser.h"
#include "parser/markup.h"
#include "scan/report_json.h"
#include "scan/scanner.h"

namespace {

using namespace magscan;

struct Labels {
    std::vector<std::string> texts;
    std::vector<parser::Block> blocks;
    std::vector<parser::Label> parsed;
    std::vector<scan::Report> reports;
};

// Empty where the file can't be read or a line is no label.
Labels read_labels(const std::string& path) {
    Labels labels;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        const auto label = nlohmann::json::parse(line, nullptr, false);
        if (!label.is_object() || !label.contains("text") || !label["text"].is_string()) return {};
        labels.texts.push_back(label["text"].get<std::string>());
    }
    for (const std::string& text : labels.texts) {
        labels.blocks.push_back(parser::block_of(text));
        labels.parsed.push_back(parser::parse_text(text));
        auto report = scan::report_of_text(text, "label");
        if (!report) return {};
        labels.reports.push_back(std::move(*report));
    }
    return labels;
}

// Words that no list knows as they stand, as misread print has them: one letter in seven is another one, and each
// round another. The comparison with the word lists, which words as printed mostly don't need, shows here.
std::vector<std::string> misread(const std::vector<std::string>& texts, unsigned& state) {
    std::vector<std::string> out = texts;
    for (std::string& text : out) {
        for (char& letter : text) {
            state = state * 1664525U + 1013904223U;
            const bool lower = letter >= 'a' && letter <= 'z';
            if (lower && (state >> 16U) % 7 == 0) letter = static_cast<char>('a' + (state >> 8U) % 26);
        }
    }
    return out;
}

template <class Items, class Work>
void add_stage(const char* name, const Items& items, Work work) {
    benchmark::RegisterBenchmark(name, [&items, work](benchmark::State& state) {
        for (auto _ : state) {
            for (const auto& item : items) benchmark::DoNotOptimize(work(item));
        }
        state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * items.size()));
    })->Unit(benchmark::kMillisecond);
}

void add_stages(const Labels& labels) {
    add_stage("document: text to rows and headings", labels.texts, [](const std::string& text) {
        parser::Block block = parser::block_of(text);
        parser::head_rows(block);
        return block;
    });
    add_stage("markup: names, amounts and phrases", labels.blocks,
              [](const parser::Block& block) { return parser::mark_up(block); });
    add_stage("parse: all of the parser", labels.texts,
              [](const std::string& text) { return parser::parse_text(text); });
    add_stage("assess: parsed label to figures", labels.parsed,
              [](const parser::Label& label) { return calc::assess(label); });
    add_stage("report: text to report", labels.texts,
              [](const std::string& text) { return scan::report_of_text(text, "label"); });
    add_stage("json: report to line", labels.reports,
              [](const scan::Report& report) { return scan::report_json_line(report); });
    add_stage("all: text to line", labels.texts,
              [](const std::string& text) { return scan::report_json_line(*scan::report_of_text(text, "label")); });
    benchmark::RegisterBenchmark("all, misread: text to line", [&labels](benchmark::State& state) {
        unsigned seed = 1;
        for (auto _ : state) {
            state.PauseTiming();
            const std::vector<std::string> texts = misread(labels.texts, seed);
            state.ResumeTiming();
            for (const std::string& text : texts)
                benchmark::DoNotOptimize(scan::report_json_line(*scan::report_of_text(text, "label")));
        }
        state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * labels.texts.size()));
    })->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
        std::fprintf(stderr, "throughput: usage: throughput [LABELS.jsonl] [--benchmark_...]\n");
        return 2;
    }
    const std::string path = argc == 2 ? argv[1] : MAGSCAN_BENCH_LABELS;
    const Labels labels = read_labels(path);
    if (labels.texts.empty()) {
        std::fprintf(stderr, "throughput: %s: no labels. Each line is {\"id\": ..., \"text\": ...}\n", path.c_str());
        return 3;
    }
    add_stages(labels);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
