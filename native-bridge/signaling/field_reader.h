// Reads the fields of one JSON object and knows each one's path, e.g. "publish.tracks[0].mid".
// The first failure sticks, so that a message may be read whole and asked once.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "signaling/error_code.h"

namespace sotto::bridge::signaling {

class FieldReader {
 public:
  // `path` is that of the object itself ("" for the message). `error` is shared with the readers
  // of nested objects.
  FieldReader(const boost::json::object& object, std::string path,
              std::optional<MessageError>& error)
      : object_(object), path_(std::move(path)), error_(error) {}

  bool ok() const { return !error_; }
  bool has(std::string_view field) const { return object_.contains(field); }

  // A missing or unfit field records `bad-field` and returns an empty value.
  std::string_view text(std::string_view field, std::size_t min_chars, std::size_t max_chars);
  // A text for which `fits` holds; `rule` says what would have been right.
  std::string_view text(std::string_view field, bool (*fits)(std::string_view),
                        std::string_view rule);
  std::uint64_t integer(std::string_view field, std::uint64_t min, std::uint64_t max);
  bool boolean(std::string_view field);
  // nullptr when the field is not what was asked for.
  const boost::json::object* object(std::string_view field);
  const boost::json::array* array(std::string_view field, std::size_t max_elements);
  // Element `index` of the array `field` as an object.
  const boost::json::object* element(const boost::json::array& array, std::string_view field,
                                     std::size_t index);

  std::string path_of(std::string_view field) const;
  std::string path_of(std::string_view field, std::size_t index) const;
  void fail(std::string path, std::string rule);

  std::optional<MessageError>& error() { return error_; }

 private:
  const boost::json::value* find(std::string_view field, std::string_view rule);

  const boost::json::object& object_;
  std::string path_;
  std::optional<MessageError>& error_;
};

}  // namespace sotto::bridge::signaling
