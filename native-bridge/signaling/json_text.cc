#include "signaling/json_text.h"

namespace sotto::bridge::signaling {

void JsonText::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

void JsonText::quoted(std::string_view value) {
  static constexpr char kHex[] = "0123456789abcdef";
  out_ += '"';
  for (char c : value) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\r':
        out_ += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) {
          out_ += c;
        } else {
          out_ += "\\u00";
          out_ += kHex[static_cast<unsigned char>(c) >> 4];
          out_ += kHex[c & 15];
        }
    }
  }
  out_ += '"';
}

void JsonText::key(std::string_view field) {
  separate();
  quoted(field);
  out_ += ':';
}

void JsonText::begin_object() {
  separate();
  out_ += '{';
}

void JsonText::begin_object(std::string_view field) {
  key(field);
  out_ += '{';
}

void JsonText::end_object() {
  out_ += '}';
}

void JsonText::begin_array(std::string_view field) {
  key(field);
  out_ += '[';
}

void JsonText::end_array() {
  out_ += ']';
}

void JsonText::text(std::string_view field, std::string_view value) {
  key(field);
  quoted(value);
}

void JsonText::integer(std::string_view field, std::uint64_t value) {
  key(field);
  out_ += std::to_string(value);
}

void JsonText::boolean(std::string_view field, bool value) {
  key(field);
  out_ += value ? "true" : "false";
}

void JsonText::element(std::string_view value) {
  separate();
  quoted(value);
}

}  // namespace sotto::bridge::signaling
