// Whatever can't be answered gets its own error line and exit code, and leaves nothing behind.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/run.h"
#include "tests/support/scratch.h"

namespace {

constexpr const char* kSample = "magnesium/bottle_bisglycinate.jpg";

long lines_in(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

std::string big_endian(unsigned value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xffU);
    return out;
}

std::string little_endian(unsigned value) {
    const std::string big = big_endian(value);
    return {big.rbegin(), big.rend()};
}

unsigned crc32(const std::string& bytes) {
    unsigned crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xedb88320U : crc >> 1U;
    }
    return ~crc;
}

std::string png_chunk(const std::string& type, const std::string& content) {
    return big_endian(static_cast<unsigned>(content.size())) + type + content + big_endian(crc32(type + content));
}

// A PNG of 8-bit RGB whose header says how large it is, and whose pixels are missing or what is given.
std::string png(unsigned width, unsigned height, const std::string& deflated) {
    std::string out = "\x89PNG\r\n\x1a\n";
    out += png_chunk("IHDR", big_endian(width) + big_endian(height) + std::string("\x08\x02\x00\x00\x00", 5));
    return out + png_chunk("IDAT", deflated) + png_chunk("IEND", "");
}

// One black pixel: a filter byte and three colours, stored.
const std::string kOnePixel("\x78\x01\x01\x04\x00\xfb\xff\x00\x00\x00\x00\x00\x04\x00\x01", 15);

std::string riff_chunk(const std::string& type, const std::string& content) {
    return type + little_endian(static_cast<unsigned>(content.size())) + content;
}

// The head of a WebP of two moving pictures of 64 x 64.
std::string animated_webp() {
    const std::string side("\x3f\x00\x00", 3);
    const std::string head = riff_chunk("VP8X", std::string("\x02\x00\x00\x00", 4) + side + side);
    const std::string frame =
        riff_chunk("ANMF", std::string(6, '\0') + side + side + std::string("\x64\x00\x00\x00", 4));
    const std::string body = "WEBP" + head + riff_chunk("ANIM", std::string(6, '\0')) + frame + frame;
    return "RIFF" + little_endian(static_cast<unsigned>(body.size())) + body;
}

// Runs magscan on one bad file and checks what all of them have in common; gives the error line.
std::string refused(const std::string& path) {
    const Run run = magscan({"scan", path});
    CHECK(run.code == 3);
    CHECK(run.out.empty());
    CHECK(lines_in(run.err) == 1);
    CHECK(run.err.rfind("magscan: " + path + ": ", 0) == 0);
    return run.err.substr(("magscan: " + path + ": ").size());
}

}  // namespace

TEST_CASE("each thing that is no photo has an error of its own") {
    const Scratch scratch;
    const std::string photo = read_file(sample(kSample));
    REQUIRE(photo.size() > 10000);
    std::vector<std::string> errors;
    errors.push_back(refused(scratch.file("truncated.jpg", photo.substr(0, photo.size() / 2))));
    errors.push_back(refused(scratch.file("text.jpg", "Magnesium (as magnesium citrate) 200 mg 48%\n")));
    errors.push_back(refused(scratch.file("pixel.png", png(1, 1, kOnePixel))));
    errors.push_back(refused(scratch.file("huge.png", png(30000, 30000, kOnePixel))));
    errors.push_back(refused(scratch.file("moving.webp", animated_webp())));
    errors.push_back(refused(scratch.file("empty.jpg", "")));
    errors.push_back(refused(scratch.path("missing.jpg")));
    std::filesystem::create_directory(scratch.path("folder"));
    errors.push_back(refused(scratch.path("folder")));
    errors.push_back(refused("/dev/zero"));
    for (std::size_t i = 0; i < errors.size(); ++i) {
        INFO(errors[i]);
        CHECK(errors[i].size() > 20);  // says what to do, too
        CHECK(std::count(errors.begin(), errors.end(), errors[i]) == 1);
    }
}

TEST_CASE("a photo over the limits is refused before its size is allocated") {
    const Scratch scratch;
    const Run huge = magscan({"scan", scratch.file("huge.png", png(30000, 30000, kOnePixel))});
    const Run missing = magscan({"scan", scratch.path("missing.jpg")});
    CHECK(huge.code == 3);
    CHECK(huge.peak_kilobytes < missing.peak_kilobytes + 20'000);

    const std::string large = scratch.file("large.jpg", "");
    std::filesystem::resize_file(large, 5'000'000'000);  // a sparse file
    const Run sparse = magscan({"scan", large});
    CHECK(sparse.code == 3);
    CHECK(sparse.err.find("larger than 40.0 MB") != std::string::npos);
    CHECK(sparse.peak_kilobytes < missing.peak_kilobytes + 20'000);
}

TEST_CASE("a bad photo does not stop the others") {
    const Scratch scratch;
    const std::string bad = scratch.file("bad.jpg", "no photo");
    const Run run = magscan({"scan", "--json", bad, sample(kSample), scratch.path("missing.jpg")});
    CHECK(run.code == 3);
    CHECK(lines_in(run.out) == 1);
    CHECK(run.out.find("\"name\":\"bottle_bisglycinate.jpg\"") != std::string::npos);
    CHECK(lines_in(run.err) == 2);
}

TEST_CASE("a product with a photo that can't be read gets no answer, and each such photo its error") {
    const Scratch scratch;
    const std::string bad = scratch.file("bad.jpg", "no photo");
    const Run run = magscan({"scan", "--json", "--same-product", bad, sample(kSample), scratch.path("missing.jpg")});
    CHECK(run.code == 3);
    CHECK(run.out.empty());
    CHECK(lines_in(run.err) == 2);
    CHECK(run.err.find("bad.jpg: ") != std::string::npos);
    CHECK(run.err.find("missing.jpg: ") != std::string::npos);
}

TEST_CASE("a file name can't forge error lines") {
    const Run run = magscan({"scan", "/nowhere/a\nmagscan: all is well\x1b[2J"});
    CHECK(run.code == 3);
    CHECK(lines_in(run.err) == 1);
    CHECK(run.err.find('\x1b') == std::string::npos);
}

TEST_CASE("wrong use of the command line is 2, in one line") {
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"unknown"},
        {"scan"},
        {"scan", "--unknown", sample(kSample)},
        {"scan", "--threads", "many", sample(kSample)},
        {"scan", "--threads", "-1", sample(kSample)},
        {"scan", "--annotate", "a.png", sample(kSample), sample(kSample)},
        {"scan", "--annotate", sample(kSample), sample(kSample)},
        {"scan", "--same-product", sample(kSample)},
        {"scan", "--same-product", "a", "b", "c", "d", "e", "f", "g"},
        {"scan", "--same-product", "--page", sample(kSample), sample(kSample)},
        {"scan", "--same-product", "--annotate", sample(kSample), "a", sample(kSample)},
        {"parse", "a", "b"},
        {"score", "a"},
    };
    for (const auto& arguments : wrong) {
        const Run run = magscan(arguments);
        INFO(run.err);
        CHECK(run.code == 2);
        CHECK(run.out.empty());
        CHECK(lines_in(run.err) == 1);
        CHECK(run.err.rfind("magscan: ", 0) == 0);
    }
}

TEST_CASE("help and version are answers") {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--help"},
                                                      {"--version"},
                                                      {"scan", "--help"},
                                                      {"parse", "-h"},
                                                      {"score", "--help"}}) {
        const Run run = magscan(arguments);
        CHECK(run.code == 0);
        CHECK_FALSE(run.out.empty());
        CHECK(run.err.empty());
    }
    CHECK(magscan({"scan", "--help"}).out.find("Usage: magscan scan") != std::string::npos);
}

TEST_CASE("without the recogniser's data the set-up is called broken") {
    const Scratch scratch;
    const Run run = magscan({"scan", "--tessdata", scratch.path(""), sample(kSample)});
    CHECK(run.code == 5);
    CHECK(run.out.empty());
    CHECK(lines_in(run.err) == 1);

    scratch.file("eng.traineddata", "damaged");
    const Run damaged = magscan({"scan", "--tessdata", scratch.path(""), sample(kSample)});
    CHECK(damaged.code == 5);
    CHECK(lines_in(damaged.err) == 1);
}

TEST_CASE("an answer that can't be written is an error") {
    const Scratch scratch;
    const Run full = magscan({"scan", sample(kSample)}, "", "/dev/full");
    CHECK(full.code == 74);
    CHECK(full.err.find("No space left on device") != std::string::npos);
    CHECK(magscan({"--help"}, "", "/dev/full").code == 74);

    const Run picture = magscan({"scan", "--annotate", "/dev/full", sample(kSample)});
    CHECK(picture.code == 74);
    CHECK(lines_in(picture.err) == 1);
    CHECK(picture.err.find("/dev/full: can't be written: No space left on device") != std::string::npos);
    CHECK(std::filesystem::is_character_file("/dev/full"));

    const Run nowhere = magscan({"scan", "--annotate", scratch.path("none/a.png"), sample(kSample)});
    CHECK(nowhere.code == 74);
    CHECK(scratch.names().empty());
}
