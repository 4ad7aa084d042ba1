#include "tools/help/man_text.h"

#include <sstream>
#include <utility>

namespace magscan::tools::help {
namespace {

std::size_t indent_of(const std::string& line) {
    return line.find_first_not_of(' ');
}

// "  DIR   a folder" as an item, "  magscan --help" as a literal line.
Block block_of(const std::string& line) {
    const std::string body = line.substr(indent_of(line));
    const std::size_t gap = body.find("  ");
    if (gap == std::string::npos) return {.kind = Block::Kind::kLiteral, .term = {}, .text = body};
    return {
        .kind = Block::Kind::kItem, .term = body.substr(0, gap), .text = body.substr(body.find_first_not_of(' ', gap))};
}

// Cuts a heading off a paragraph's first line; false where the line does not begin with it.
bool cut(std::string& line, const std::string& heading) {
    if (line.compare(0, heading.size(), heading) != 0) return false;
    line.erase(0, line.find_first_not_of(' ', heading.size()));
    return true;
}

class FooterReader {
  public:
    void read(std::string line) {
        if (line.find_first_not_of(' ') == std::string::npos) {
            is_between_ = true;
            return;
        }
        if (is_between_) begin_paragraph(line);
        if (line.empty()) return;
        const std::size_t indent = indent_of(line);
        if (indent == 0) {
            add_prose(line);
        } else if (item_indent_ > 0 && indent > item_indent_) {
            blocks_->back().text += " " + line.substr(indent);
        } else {
            blocks_->push_back(block_of(line));
            item_indent_ = indent;
        }
    }

    FooterText take() { return std::move(out_); }

  private:
    // Chooses the section and cuts its heading off.
    void begin_paragraph(std::string& line) {
        blocks_ = cut(line, "Examples:") ? &out_.examples : cut(line, "Exit codes:") ? &out_.exit_codes : &out_.details;
        is_between_ = false;
        goes_on_ = false;
        item_indent_ = 0;
    }
    void add_prose(const std::string& line) {
        item_indent_ = 0;
        if (goes_on_ && !blocks_->empty() && blocks_->back().kind == Block::Kind::kProse) {
            blocks_->back().text += "\n" + line;
        } else {
            blocks_->push_back({.kind = Block::Kind::kProse, .term = {}, .text = line});
        }
        goes_on_ = true;
    }

    FooterText out_;
    std::vector<Block>* blocks_ = &out_.details;
    bool is_between_ = true;       // two paragraphs
    bool goes_on_ = false;         // the paragraph, with the prose of the line before
    std::size_t item_indent_ = 0;  // of the item before; 0: there is none
};

}  // namespace

FooterText footer_text(const std::string& footer) {
    FooterReader reader;
    std::istringstream in(footer);
    for (std::string line; std::getline(in, line);) reader.read(line);
    return reader.take();
}

std::string roff(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins_line = i == 0 || text[i - 1] == '\n';
        switch (text[i]) {
            case '\\':
                out += "\\e";
                break;
            case '-':
                out += "\\-";
                break;
            case '\'':
                out += "\\(aq";
                break;
            case '`':
                out += "\\(ga";
                break;
            case '^':
                out += "\\(ha";
                break;
            case '~':
                out += "\\(ti";
                break;
            case '.':
                out += begins_line ? "\\&." : ".";
                break;
            default:
                out += text[i];
        }
    }
    return out;
}

}  // namespace magscan::tools::help
