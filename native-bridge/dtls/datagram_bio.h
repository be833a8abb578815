// An OpenSSL BIO that keeps the boundaries of datagrams: one read takes the one datagram that was
// put in, one write is one datagram out. (BIO_s_mem joins them.)
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/bytes.h"

struct bio_st;

namespace sotto::bridge {

class DatagramBio {
 public:
  // Handshake messages are fragmented so that no datagram is larger; below every usual path MTU.
  static constexpr long kMtu = 1200;

  // `bio` is for SSL_set_bio, which then owns it; this object must outlive the SSL.
  bio_st* make();

  // Stays readable until it has been read once, or clear_input().
  void set_input(ByteView datagram) { input_ = datagram; }
  void clear_input() { input_ = {}; }
  std::vector<std::vector<std::uint8_t>> take_output() { return std::exchange(output_, {}); }

 private:
  friend struct DatagramBioMethod;

  ByteView input_;
  std::vector<std::vector<std::uint8_t>> output_;
};

}  // namespace sotto::bridge
