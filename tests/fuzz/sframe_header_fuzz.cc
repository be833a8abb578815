// fuzz-deps: sotto_sframe
// Whatever decodes must encode to the very bytes it came from: one header, one encoding.
#include <cstdlib>

#include "sframe/header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sotto::ByteView input(data, size);
  sotto::ByteReader reader(input);
  auto header = sotto::decode_header(reader);
  if (!header) return 0;
  std::uint8_t buffer[sotto::Header::kMaxSize];
  sotto::ByteWriter writer(buffer);
  sotto::encode(*header, writer);
  if (!writer.ok() || writer.size() != sotto::encoded_size(*header)) std::abort();
  if (!sotto::equal(writer.written(), input.first(reader.position()))) std::abort();
  return 0;
}
