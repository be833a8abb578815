#include "signaling/field_reader.h"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

namespace sotto::bridge::signaling {
namespace json = boost::json;

namespace {

std::string range(std::string_view what, std::uint64_t min, std::uint64_t max) {
  return std::string(what) + " from " + std::to_string(min) + " to " + std::to_string(max);
}

}  // namespace

std::string FieldReader::path_of(std::string_view field) const {
  return path_.empty() ? std::string(field) : path_ + "." + std::string(field);
}

std::string FieldReader::path_of(std::string_view field, std::size_t index) const {
  return path_of(field) + "[" + std::to_string(index) + "]";
}

void FieldReader::fail(std::string path, std::string rule) {
  if (!error_) error_ = MessageError{ErrorCode::kBadField, std::move(path), std::move(rule)};
}

const json::value* FieldReader::find(std::string_view field, std::string_view rule) {
  const json::value* value = object_.if_contains(field);
  if (!value) fail(path_of(field), "missing: " + std::string(rule));
  return value;
}

std::string_view FieldReader::text(std::string_view field, std::size_t min_chars,
                                   std::size_t max_chars) {
  const json::value* value = find(field, "a string");
  if (!value) return {};
  const json::string* string = value->if_string();
  if (!string || string->size() < min_chars || string->size() > max_chars) {
    fail(path_of(field), range("a string of", min_chars, max_chars) + " characters");
    return {};
  }
  return {string->data(), string->size()};
}

std::string_view FieldReader::text(std::string_view field, bool (*fits)(std::string_view),
                                   std::string_view rule) {
  const json::value* value = find(field, rule);
  if (!value) return {};
  const json::string* string = value->if_string();
  if (!string || !fits({string->data(), string->size()})) {
    fail(path_of(field), std::string(rule));
    return {};
  }
  return {string->data(), string->size()};
}

std::uint64_t FieldReader::integer(std::string_view field, std::uint64_t min, std::uint64_t max) {
  const std::string rule = range("an integer", min, max);
  const json::value* value = find(field, rule);
  if (!value) return 0;
  std::uint64_t number = 0;
  bool fits = false;
  if (const std::int64_t* integer = value->if_int64()) {
    number = static_cast<std::uint64_t>(*integer);
    fits = *integer >= 0 && number >= min && number <= max;
  }  // Boost.JSON's uint64 begins at 2^63, which is past every range here.
  if (!fits) {
    fail(path_of(field), rule);
    return 0;
  }
  return number;
}

bool FieldReader::boolean(std::string_view field) {
  const json::value* value = find(field, "true or false");
  if (!value) return false;
  const bool* flag = value->if_bool();
  if (!flag) fail(path_of(field), "true or false");
  return flag && *flag;
}

const json::object* FieldReader::object(std::string_view field) {
  const json::value* value = find(field, "an object");
  if (!value) return nullptr;
  if (!value->is_object()) fail(path_of(field), "an object");
  return value->if_object();
}

const json::array* FieldReader::array(std::string_view field, std::size_t max_elements) {
  const json::value* value = find(field, "an array");
  if (!value) return nullptr;
  const json::array* elements = value->if_array();
  if (!elements || elements->size() > max_elements) {
    fail(path_of(field), "an array of at most " + std::to_string(max_elements) + " elements");
    return nullptr;
  }
  return elements;
}

const json::object* FieldReader::element(const json::array& array, std::string_view field,
                                         std::size_t index) {
  const json::object* object = array[index].if_object();
  if (!object) fail(path_of(field, index), "an object");
  return object;
}

}  // namespace sotto::bridge::signaling
