#include "sframe/encryptor.h"

namespace sotto {

Result<Encryptor> Encryptor::create(CipherSuite suite, std::uint64_t kid, ByteView base_key,
                                    std::uint64_t first_ctr) {
  TRY(Context && context, Context::create(suite, kid, base_key));
  return Encryptor(std::move(context), first_ctr);
}

std::size_t Encryptor::next_header_size() const {
  return encoded_size({.kid = context_.kid(), .ctr = ctr_.next()});
}

std::size_t Encryptor::next_size(std::size_t plain_size) const {
  return next_header_size() + plain_size + context_.tag_size();
}

Result<std::size_t> Encryptor::encrypt(ByteView metadata, ByteView plain, MutableBytes out) {
  return encrypt_parts(metadata, plain, {}, out);
}

Result<std::size_t> Encryptor::encrypt_parts(ByteView metadata, ByteView first, ByteView rest,
                                             MutableBytes out) {
  if (out.size() < next_size(first.size() + rest.size())) return fail(Error::kBufferTooSmall);
  TRY(const std::uint64_t ctr, ctr_.take());
  return context_.encrypt_parts(ctr, metadata, first, rest, out);
}

}  // namespace sotto
