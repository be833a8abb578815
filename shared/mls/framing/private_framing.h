// Encrypted messages (RFC 9420 section 6.3).
#pragma once

#include "base/random.h"
#include "mls/framing/epoch_keys.h"
#include "mls/keys/secret_tree.h"
#include "mls/wire/private_message.h"

namespace sotto::mls {

// How much of a message's size the network may learn.
struct Padding {
  std::size_t multiple = 1;  // zeros fill what is encrypted up to a multiple of so many bytes
};

// Uses up a key of the sender's ratchet. kInvalidArgument when the content was signed for another
// wire format or the sender is no member, kExhausted when the ratchet has no more keys, kTooLarge
// for what would be longer than a vector can be.
Result<PrivateMessage> protect_private(const AuthenticatedContent& content, const EpochKeys& epoch,
                                       SecretTree& secret_tree, Padding padding,
                                       RandomSource& random);

struct OpenedMessage {
  AuthenticatedContent content;
  std::uint32_t generation = 0;
  SecretTree::PeekedKey key;
};

// Decrypts and verifies, and changes nothing: the caller hands `key` to SecretTree::consume when it
// takes the message. kWrongState for another group or epoch; otherwise kUnauthenticated, whatever
// the reason. The confirmation tag of a commit is for the caller to check.
Result<OpenedMessage> unprotect_private(const PrivateMessage& message, const EpochKeys& epoch,
                                        const SecretTree& secret_tree);

}  // namespace sotto::mls
