// operator new and delete of the browser's modules, in a tenth of what emmalloc takes of a
// download: free blocks in a list in order of address, the first that is large enough, neighbours
// joined. Frames cost no allocation; what is allocated are keys, and buffers when they grow.
//
//   | next, units | payload ...        |      units of 16 bytes, this head included
#include <cstddef>
#include <cstdint>
#include <new>

extern "C" std::uint8_t __heap_base;  // the linker's

namespace {

constexpr std::size_t kPage = 65536;

struct alignas(16) Block {
  Block* next;
  std::size_t units;
};

Block first{nullptr, 0};  // comes before every free block, and touches none

void join(Block* block) {
  Block* next = block->next;
  if (block + block->units != next) return;
  block->units += next->units;
  block->next = next->next;
}

void give(Block* block) {
  Block* before = &first;
  while (before->next != nullptr && before->next < block) before = before->next;
  block->next = before->next;
  before->next = block;
  join(block);
  join(before);
}

Block* take(std::size_t units) {
  for (Block* before = &first; Block* block = before->next; before = block) {
    if (block->units < units) continue;
    block->units -= units;
    if (block->units == 0) {
      before->next = block->next;
    } else {
      block += block->units;  // the end of it: the list stays as it is
    }
    block->units = units;
    return block;
  }
  return nullptr;
}

// What lies between the data and the end of memory; afterwards, new pages.
bool add_memory(std::size_t units) {
  static std::uintptr_t end =
      (reinterpret_cast<std::uintptr_t>(&__heap_base) + 15) / sizeof(Block) * sizeof(Block);
  if (end == __builtin_wasm_memory_size(0) * kPage &&
      __builtin_wasm_memory_grow(0, units / (kPage / sizeof(Block)) + 1) == SIZE_MAX) {
    return false;
  }
  const std::uintptr_t begin = end;
  end = __builtin_wasm_memory_size(0) * kPage;
  Block* block = reinterpret_cast<Block*>(begin);
  block->units = (end - begin) / sizeof(Block);
  give(block);
  return true;
}

void* allocate(std::size_t size) {
  const std::size_t units = size / sizeof(Block) + 2;
  for (;;) {
    if (Block* block = take(units)) return block + 1;
    if (!add_memory(units)) return nullptr;
  }
}

}  // namespace

void* operator new(std::size_t size) {
  void* memory = allocate(size);
  if (memory == nullptr) __builtin_trap();
  return memory;
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}

void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}

void operator delete(void* memory) noexcept {
  if (memory != nullptr) give(static_cast<Block*>(memory) - 1);
}

void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

void operator delete[](void* memory) noexcept {
  operator delete(memory);
}
