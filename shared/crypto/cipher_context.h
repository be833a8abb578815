// Owner of an OpenSSL cipher context, which holds an expanded key (OpenSSL wipes it on release).
#pragma once

#include <openssl/evp.h>

#include <memory>

namespace sotto {

struct FreeCipherContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext>;

}  // namespace sotto
