// Answers to connectivity checks (RFC 8445 section 7.3, RFC 8489 section 6.3.1).
#pragma once

#include <cstdint>
#include <string_view>

#include "datagram/datagram_queue.h"
#include "datagram/path.h"
#include "stun/message.h"

namespace sotto::bridge {

// Binding success with XOR-MAPPED-ADDRESS, keyed with the password that the request was.
void answer_check(const Path& path, const stun::Message& request, std::string_view password,
                  DatagramQueue& out);

// 420 with the attribute that is unknown and had to be understood, keyed likewise.
void refuse_unknown_attribute(const Path& path, const stun::Message& request,
                              std::string_view password, DatagramQueue& out);

// 400 or 401, without integrity as there is no common key. Anybody can provoke it, for any source
// address: nothing is sent when the answer would be longer than the request.
void refuse_unauthenticated(const Path& path, const stun::Message& request, std::uint16_t code,
                            DatagramQueue& out);

}  // namespace sotto::bridge
