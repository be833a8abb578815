#include "sframe/decryptor.h"

namespace sotto {

Result<std::size_t> Decryptor::decrypt(const Header& header, std::size_t header_size,
                                       ByteView metadata, ByteView sframe, MutableBytes out) {
  TRY_VOID(window_.check(header.ctr));
  TRY(const std::size_t size, context_.decrypt(header, header_size, metadata, sframe, out));
  window_.commit(header.ctr);
  return size;
}

}  // namespace sotto
