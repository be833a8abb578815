#include "mls/group/group_info_creation.h"

#include "mls/group/capabilities.h"
#include "mls/wire/typed_extensions.h"

namespace sotto::mls {

GroupInfo make_group_info(const Epoch& epoch, const GroupInfoOptions& options,
                          RandomSource& random) {
  GroupInfo group_info;
  group_info.group_context = GroupContext(epoch.context);
  group_info.confirmation_tag = epoch.confirmation_tag;
  group_info.signer = epoch.own_leaf();
  Extensions& extensions = group_info.extensions = Extensions(options.extensions);
  if (options.ratchet_tree) {
    set_extension(extensions, {ExtensionType::kRatchetTree, epoch.tree.encode()});
  }
  if (options.external_pub) {
    HpkeKeyPair key_pair = external_key_pair(epoch.secrets.external_secret);
    set_extension(extensions, make_extension(ExternalPub{to_bytes(key_pair.public_key)}));
  }
  if (options.grease) {
    auto type = static_cast<ExtensionType>(random_grease(random));
    Bytes data(random.u32() % 9);
    random.fill(data);
    set_extension(extensions, {type, std::move(data)});
  }
  group_info.signature =
      sign_with_label(*epoch.signature_key, "GroupInfoTBS", group_info_tbs(group_info));
  return group_info;
}

}  // namespace sotto::mls
