// GroupInfo (RFC 9420 section 12.4.3), as a member signs it.
#pragma once

#include "base/random.h"
#include "mls/group/epoch.h"
#include "mls/group/group_options.h"
#include "mls/wire/group_info.h"

namespace sotto::mls {

GroupInfo make_group_info(const Epoch& epoch, const GroupInfoOptions& options,
                          RandomSource& random);

}  // namespace sotto::mls
