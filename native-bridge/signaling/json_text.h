// Writes JSON (RFC 8259) front to back into one string. The caller keeps begin and end paired.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sotto::bridge::signaling {

class JsonText {
 public:
  void begin_object();  // the whole, or an element of an array
  void begin_object(std::string_view field);
  void end_object();
  void begin_array(std::string_view field);
  void end_array();

  void text(std::string_view field, std::string_view value);
  void integer(std::string_view field, std::uint64_t value);
  void boolean(std::string_view field, bool value);
  void element(std::string_view value);  // of an array

  std::string take() { return std::move(out_); }

 private:
  void separate();
  void key(std::string_view field);
  void quoted(std::string_view value);

  std::string out_;
};

}  // namespace sotto::bridge::signaling
