#include "mls/wire/reader.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

const VectorFile file("vectors/mls/deserialization.json", 14, [](const Case& c, Report& report) {
  const Bytes header = bytes_of(c.at("vlbytes_header"));
  Reader in(header);
  report.equal("length", in.length(), c.at("length"));
  report.expect("the header is read to its end", in.finish().has_value());
});

}  // namespace
}  // namespace sotto::mls::vectors
