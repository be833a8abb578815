#include "mls/framing/private_framing.h"

#include <algorithm>

#include "mls/framing/content_rules.h"
#include "mls/framing/content_signature.h"

namespace sotto::mls {
namespace {

RatchetType ratchet_of(ContentType type) {
  return type == ContentType::kApplication ? RatchetType::kApplication : RatchetType::kHandshake;
}

// PrivateMessageContent. Empty if it is longer than anything can be.
Bytes padded_content(const AuthenticatedContent& content, Padding padding) {
  Writer out;
  write_content(out, content.content);
  write_auth(out, content.content.content_type(), content.auth);
  Bytes plain = std::move(out).take();
  std::size_t over = padding.multiple > 1 ? plain.size() % padding.multiple : 0;
  std::size_t zeros = over != 0 ? padding.multiple - over : 0;
  if (zeros > Writer::kLongestVector || plain.size() + zeros + kNt > Writer::kLongestVector)
    return {};
  plain.resize(plain.size() + zeros);
  return plain;
}

Result<SenderData> open_sender_data(const PrivateMessage& message, const EpochKeys& epoch) {
  KeyAndNonce key = sender_data_key(epoch.suite, epoch.sender_data_secret, message.ciphertext);
  TRY(Bytes && plain, key.open(sender_data_aad(message), message.encrypted_sender_data));
  return decode<SenderData>(plain);
}

// Content, auth, and nothing but zeros behind them.
Result<AuthenticatedContent> read_padded(ByteView plain, const PrivateMessage& message,
                                         LeafIndex sender) {
  AuthenticatedContent content;
  content.wire_format = WireFormat::kPrivateMessage;
  content.content.group_id = message.group_id;
  content.content.epoch = message.epoch;
  content.content.sender = {SenderType::kMember, sender, 0};
  content.content.authenticated_data = message.authenticated_data;
  Reader in(plain);
  read_content(in, message.content_type, content.content);
  read_auth(in, message.content_type, content.auth);
  ByteView padding = in.rest();
  TRY_VOID(in.finish());
  bool zeros = std::all_of(padding.begin(), padding.end(), [](auto byte) { return byte == 0; });
  if (!zeros) return fail(Error::kMalformed);
  return content;
}

Result<OpenedMessage> open(const PrivateMessage& message, const EpochKeys& epoch,
                           const SecretTree& secret_tree) {
  TRY(SenderData && sender_data, open_sender_data(message, epoch));
  if (epoch.leaf(sender_data.leaf_index) == nullptr) return fail(Error::kUnauthenticated);
  TRY(auto&& peeked, secret_tree.peek(sender_data.leaf_index, ratchet_of(message.content_type),
                                      sender_data.generation));
  peeked.key_and_nonce().guard(sender_data.reuse_guard);
  TRY(Bytes && plain,
      peeked.key_and_nonce().open(private_content_aad(message), message.ciphertext));
  TRY(auto&& content, read_padded(plain, message, sender_data.leaf_index));
  TRY_VOID(check_content_rules(content.wire_format, content.content));
  TRY_VOID(verify_content(content, epoch.context, epoch.leaf));
  return OpenedMessage{std::move(content), sender_data.generation, std::move(peeked)};
}

}  // namespace

Result<PrivateMessage> protect_private(const AuthenticatedContent& content, const EpochKeys& epoch,
                                       SecretTree& secret_tree, Padding padding,
                                       RandomSource& random) {
  if (content.wire_format != WireFormat::kPrivateMessage ||
      !check_content_rules(content.wire_format, content.content)) {
    return fail(Error::kInvalidArgument);
  }
  const FramedContent& framed = content.content;
  Bytes plain = padded_content(content, padding);
  if (plain.empty()) return fail(Error::kTooLarge);
  PrivateMessage message{framed.group_id,           framed.epoch, framed.content_type(),
                         framed.authenticated_data, {},           {}};
  SenderData sender_data{framed.sender.leaf_index, 0, {}};
  random.fill(sender_data.reuse_guard);

  TRY(auto&& sending, secret_tree.next(sender_data.leaf_index, ratchet_of(message.content_type)));
  sender_data.generation = sending.generation;
  sending.key_and_nonce.guard(sender_data.reuse_guard);
  TRY(message.ciphertext, sending.key_and_nonce.seal(private_content_aad(message), plain));
  KeyAndNonce key = sender_data_key(epoch.suite, epoch.sender_data_secret, message.ciphertext);
  TRY(message.encrypted_sender_data, key.seal(sender_data_aad(message), encode(sender_data)));
  return message;
}

Result<OpenedMessage> unprotect_private(const PrivateMessage& message, const EpochKeys& epoch,
                                        const SecretTree& secret_tree) {
  if (message.group_id != epoch.context.group_id || message.epoch != epoch.context.epoch) {
    return fail(Error::kWrongState);
  }
  auto opened = open(message, epoch, secret_tree);
  // Neither how far it got nor what its sender claims is anybody's business.
  if (!opened) return fail(Error::kUnauthenticated);
  return opened;
}

}  // namespace sotto::mls
