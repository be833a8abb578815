#include "dtls/datagram_bio.h"

#include <openssl/bio.h>

#include <algorithm>
#include <cassert>

namespace sotto::bridge {

// OpenSSL's callbacks.
struct DatagramBioMethod {
  static DatagramBio& self(BIO* bio) { return *static_cast<DatagramBio*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* buffer, int size) {
    BIO_clear_retry_flags(bio);
    const ByteView input = std::exchange(self(bio).input_, {});
    if (input.empty()) {
      BIO_set_retry_read(bio);
      return -1;
    }
    // As with a socket, what does not fit is lost.
    const std::size_t taken = std::min(input.size(), static_cast<std::size_t>(size));
    std::copy_n(input.begin(), taken, buffer);
    return static_cast<int>(taken);
  }

  static int write(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    self(bio).output_.emplace_back(bytes, bytes + size);
    return size;
  }

  static long ctrl(BIO*, int command, long, void*) {
    switch (command) {
      case BIO_CTRL_FLUSH:
        return 1;
      case BIO_CTRL_DGRAM_QUERY_MTU:
      case BIO_CTRL_DGRAM_GET_FALLBACK_MTU:
        return DatagramBio::kMtu;
      default:  // in particular WPENDING, PENDING and MTU_OVERHEAD
        return 0;
    }
  }

  static BIO_METHOD* instance() {
    static BIO_METHOD* const method = [] {
      BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagram");
      assert(made);
      BIO_meth_set_read(made, read);
      BIO_meth_set_write(made, write);
      BIO_meth_set_ctrl(made, ctrl);
      return made;
    }();
    return method;
  }
};

bio_st* DatagramBio::make() {
  BIO* bio = BIO_new(DatagramBioMethod::instance());
  assert(bio);
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace sotto::bridge
