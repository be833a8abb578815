// All vectors in WebAssembly under Node: node mls-vectors.cjs FOLDER. Fails where one does not
// match.
#include <cstdio>

#include "crypto/init.h"
#include "vectors/mls/vector_file.h"

int main(int count, char** arguments) {
  using sotto::mls::vectors::VectorFile;
  if (count != 2 || !sotto::initialize_crypto()) return 2;
  bool ok = !VectorFile::all().empty();
  for (const VectorFile* file : VectorFile::all()) {
    for (const std::string& failure : file->run(arguments[1]).failures) {
      std::printf("FAILED: %s\n", failure.c_str());
      ok = false;
    }
  }
  return ok ? 0 : 1;
}
