// Groups: their life, and what comes from the network and goes there.
#include "crypto/init.h"
#include "group_handle.h"

static_assert(SOTTO_GROUP_ENDPOINT_SIZE == sizeof(sotto::room::Endpoint));
static_assert(SOTTO_GROUP_IDENTITY_SIZE == sotto::kEd25519SeedSize);

namespace sotto::abi {
namespace {

constexpr std::size_t kLongestRoom = 64;
constexpr std::size_t kLongestLink = 256;
constexpr std::size_t kLongestName = 1024;
// How often the others are told how far my streams are; a new one is told at once.
constexpr std::int64_t kStreamsEvery = 1'000'000;

Result<mls::CipherSuite> to_mls_suite(std::uint32_t number) {
  if (number == 0 || number == 3) return mls::CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
  if (number == 1) return mls::CipherSuite::kX25519Aes128GcmSha256Ed25519;
  return fail(Error::kUnsupported);
}

Result<room::RoomSettings> to_settings(const sotto_group_options& theirs) {
  room::RoomSettings settings;
  if (theirs.join_policy > SOTTO_GROUP_LOCKED) return fail(Error::kInvalidArgument);
  settings.join_policy = static_cast<room::JoinPolicy>(theirs.join_policy);
  TRY(const bool in_clear, flag(theirs.media_in_clear));
  TRY(settings.e2ee_permanent, flag(theirs.encrypted_for_good));
  if (in_clear && settings.e2ee_permanent) return fail(Error::kInvalidArgument);
  settings.media_encrypted = !in_clear;
  if (theirs.frame_suite == SOTTO_SUITE_DEFAULT) return settings;
  if (theirs.frame_suite > UINT16_MAX) return fail(Error::kUnsupported);
  settings.sframe_suite = static_cast<CipherSuite>(theirs.frame_suite);
  TRY_VOID(parameters(settings.sframe_suite));
  return settings;
}

Result<room::SessionConfig> to_config(const sotto_group_options& theirs) {
  room::SessionConfig config;
  TRY(config.mls_suite, to_mls_suite(theirs.mls_suite));
  TRY(config.settings, to_settings(theirs));
  TRY(config.publishes, flag(theirs.publishes));
  TRY(const std::string_view room_id, to_text(theirs.room, kLongestRoom));
  TRY(const std::string_view link, to_text(theirs.link, kLongestLink));
  TRY(const std::string_view name, to_text(theirs.name, kLongestName));
  TRY(config.endpoint, array_at<room::Endpoint>(theirs.endpoint));
  if (theirs.identity == nullptr) return fail(Error::kInvalidArgument);
  config.room_id = std::string(room_id);
  config.name = std::string(name);
  TRY(config.link, room::parse_link(link));
  const ByteView seed(theirs.identity, kEd25519SeedSize);
  config.identity = std::make_shared<const Ed25519KeyPair>(
      Ed25519KeyPair::from_seed(seed.first<kEd25519SeedSize>()));
  return config;
}

Result<void> receive(sotto_group& group, std::uint32_t kind, const room::Endpoint& sender,
                     std::uint64_t number, ByteView bytes, Time now) {
  switch (kind) {
    case SOTTO_GROUP_HANDSHAKE:
      group.session->handle_handshake(now, number, sender, bytes);
      return {};
    case SOTTO_GROUP_KEY_PACKAGE:
      group.session->handle_key_package(now, sender, bytes);
      return {};
    case SOTTO_GROUP_WELCOME:
      group.session->handle_welcome(now, sender, bytes);
      return {};
    case SOTTO_GROUP_APPLICATION:
      group.session->handle_application(now, sender, bytes);
      return {};
    default:
      return fail(Error::kInvalidArgument);
  }
}

}  // namespace
}  // namespace sotto::abi

using sotto::Error;
using sotto::fail;
using sotto::Result;
using sotto::abi::guarded;
using sotto::abi::with_group;

sotto_group::~sotto_group() {
  const std::lock_guard held(media->mutex);
  media->over = true;
  media->frames.apply(sotto::room::AllGone{}, media->at(latest_us));
  media->waiting.expire(sotto::Time::max());  // without memory of its own
  media->again.clear();
}

void sotto_group::carry() {
  if (!session) return;
  std::vector<sotto::room::PresenceStream> streams;
  {
    const std::lock_guard held(media->mutex);
    while (auto operation = session->poll_frame_operation()) {
      media->frames.apply(*std::move(operation), media->at(latest_us));
      media->news = true;
    }
    streams = media->frames.streams();
  }
  if (streams == streams_told) return;
  const bool announces = streams.size() != streams_told.size();
  if (!announces && latest_us < streams_told_at + sotto::abi::kStreamsEvery) return;
  streams_told = streams;
  streams_told_at = latest_us;
  session->set_streams(sotto::from_microseconds(latest_us), std::move(streams));
}

sotto_status sotto_group_identity(uint8_t* identity, size_t identity_size) {
  return guarded([&]() -> Result<void> {
    if (identity == nullptr || identity_size != SOTTO_GROUP_IDENTITY_SIZE) {
      return fail(Error::kInvalidArgument);
    }
    if (!sotto::initialize_crypto()) return fail(Error::kWrongState);
    sotto::abi::OsRandom().fill({identity, identity_size});
    return {};
  });
}

sotto_status sotto_group_create(const sotto_group_options* options, sotto_group** group) {
  return guarded([&]() -> Result<void> {
    if (group == nullptr) return fail(Error::kInvalidArgument);
    *group = nullptr;
    TRY_VOID(sotto::abi::check_size(options));
    if (!sotto::initialize_crypto()) return fail(Error::kWrongState);
    auto handle = std::make_unique<sotto_group>();
    TRY(sotto::room::SessionConfig config, sotto::abi::to_config(*options));
    TRY(handle->session, sotto::room::Session::create(std::move(config), handle->random));
    if (options->lock_path != nullptr) {
      TRY(handle->lock, sotto::abi::StateLock::take(options->lock_path));
    }
    *group = handle.release();
    return {};
  });
}

void sotto_group_destroy(sotto_group* group) {
  delete group;
}

sotto_status sotto_group_start(sotto_group* group, size_t others, int64_t now_us,
                               uint64_t unix_seconds) {
  return with_group(group, [&](sotto_group& it) -> Result<void> {
    if (it.started) return fail(Error::kWrongState);
    it.started = true;
    it.session->start(it.at(now_us), unix_seconds, others);
    return {};
  });
}

sotto_status sotto_group_receive(sotto_group* group, uint32_t kind, const uint8_t* sender,
                                 uint64_t number, const uint8_t* bytes, size_t size,
                                 int64_t now_us) {
  return with_group(group, [&](sotto_group& it) -> Result<void> {
    TRY(const sotto::room::Endpoint from, sotto::abi::array_at<sotto::room::Endpoint>(sender));
    TRY(const sotto::ByteView message, sotto::abi::input(bytes, size));
    if (!it.started) return fail(Error::kWrongState);
    return sotto::abi::receive(it, kind, from, number, message, it.at(now_us));
  });
}

sotto_status sotto_group_endpoint_left(sotto_group* group, const uint8_t* endpoint,
                                       int64_t now_us) {
  return with_group(group, [&](sotto_group& it) -> Result<void> {
    TRY(const sotto::room::Endpoint gone, sotto::abi::array_at<sotto::room::Endpoint>(endpoint));
    it.session->handle_endpoint_left(it.at(now_us), gone);
    return {};
  });
}

sotto_status sotto_group_reconnected(sotto_group* group, const uint8_t* endpoint, uint32_t same_log,
                                     int64_t now_us) {
  return with_group(group, [&](sotto_group& it) -> Result<void> {
    TRY(const bool same, sotto::abi::flag(same_log));
    if (!it.started) return fail(Error::kWrongState);
    if (endpoint != nullptr) {
      TRY(const sotto::room::Endpoint mine, sotto::abi::array_at<sotto::room::Endpoint>(endpoint));
      it.session->set_endpoint(mine);
    }
    it.session->handle_log(it.at(now_us), same);
    return {};
  });
}

sotto_status sotto_group_timeout(sotto_group* group, int64_t now_us) {
  return with_group(group, [&](sotto_group& it) -> Result<void> {
    it.session->handle_timeout(it.at(now_us));
    return {};
  });
}

sotto_status sotto_group_next_timeout(const sotto_group* group, int64_t* at_us) {
  return sotto::abi::look_at(group, [&](const sotto_group& it) -> Result<void> {
    if (at_us == nullptr) return fail(Error::kInvalidArgument);
    const auto next = it.session->next_timeout();
    if (!next) return fail(Error::kNotFound);
    *at_us = sotto::microseconds(*next);
    return {};
  });
}

sotto_status sotto_group_poll_message(sotto_group* group, sotto_group_message* message) {
  return with_group(group, [&](sotto_group& it) -> Result<void> {
    TRY_VOID(sotto::abi::check_size(message));
    it.message = it.session->poll_message();
    if (!it.message) return fail(Error::kNotFound);
    it.addressees.clear();
    for (const sotto::room::Endpoint& one : it.message->addressees) {
      it.addressees.insert(it.addressees.end(), one.begin(), one.end());
    }
    sotto_group_message given = {};
    given.kind = static_cast<uint32_t>(it.message->kind);
    given.addressees = it.addressees.data();
    given.addressee_count = it.message->addressees.size();
    given.bytes = it.message->bytes.data();
    given.size = it.message->bytes.size();
    sotto::abi::give(given, message);
    return {};
  });
}
