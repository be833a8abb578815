// Groups: what outlasts them.
#include "crypto/init.h"
#include "group_handle.h"
#include "state_seal.h"

static_assert(SOTTO_GROUP_KEY_SIZE == sotto::abi::kStateKeySize);

using sotto::ByteView;
using sotto::Error;
using sotto::fail;
using sotto::MutableBytes;
using sotto::Result;
using sotto::abi::guarded;
using sotto::abi::look_at;

namespace {

Result<ByteView> to_key(const uint8_t* key, size_t key_size) {
  if (key == nullptr || key_size != SOTTO_GROUP_KEY_SIZE) return fail(Error::kInvalidArgument);
  return ByteView(key, key_size);
}

}  // namespace

sotto_status sotto_group_save_pins(const sotto_group* group, uint8_t* out, size_t out_size,
                                   size_t* written) {
  return look_at(group, [&](const sotto_group& it) -> Result<void> {
    return sotto::abi::hand_out(it.session->save_pins(), out, out_size, written);
  });
}

sotto_status sotto_group_restore_pins(sotto_group* group, const uint8_t* saved, size_t saved_size) {
  return sotto::abi::with_group(group, [&](sotto_group& it) -> Result<void> {
    TRY(const ByteView pins, sotto::abi::input(saved, saved_size));
    if (it.started) return fail(Error::kWrongState);
    return it.session->restore_pins(pins);
  });
}

sotto_status sotto_group_save(const sotto_group* group, const uint8_t* key, size_t key_size,
                              uint8_t* out, size_t out_size, size_t* written) {
  return look_at(group, [&](const sotto_group& it) -> Result<void> {
    if (written == nullptr) return fail(Error::kInvalidArgument);
    *written = 0;
    TRY(const ByteView secret, to_key(key, key_size));
    TRY(const MutableBytes room, sotto::abi::output(out, out_size, secret));
    if (!it.lock.held()) return fail(Error::kWrongState);
    TRY(const sotto::mls::Bytes state, it.session->save());
    *written = state.size() + sotto::abi::kStateOverhead;
    if (room.size() < *written) return fail(Error::kBufferTooSmall);
    sotto::abi::OsRandom random;
    return sotto::abi::seal_state(secret, state, random, room.first(*written));
  });
}

sotto_status sotto_group_restore(const uint8_t* key, size_t key_size, const uint8_t* saved,
                                 size_t saved_size, const uint8_t* endpoint, const char* lock_path,
                                 sotto_group** group) {
  return guarded([&]() -> Result<void> {
    if (group == nullptr) return fail(Error::kInvalidArgument);
    *group = nullptr;
    TRY(const ByteView secret, to_key(key, key_size));
    TRY(const ByteView sealed, sotto::abi::input(saved, saved_size));
    sotto::room::RestoreOptions options;
    TRY(options.endpoint, sotto::abi::array_at<sotto::room::Endpoint>(endpoint));
    if (lock_path == nullptr) return fail(Error::kInvalidArgument);
    if (!sotto::initialize_crypto()) return fail(Error::kWrongState);
    auto handle = std::make_unique<sotto_group>();
    // Before it is looked at: whoever holds the lock may be writing it.
    TRY(handle->lock, sotto::abi::StateLock::take(lock_path));
    TRY(const sotto::mls::Bytes state, sotto::abi::open_state(secret, sealed));
    TRY(handle->session, sotto::room::Session::restore(state, options, handle->random));
    *group = handle.release();
    return {};
  });
}
