// Counts what a program has on its heap: include it in one file of the program only, since
// it puts its own operator new and delete in the place of the usual ones. Test code only.
#pragma once
#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace sotevahti::test_support {

class HeapCount {
 public:
  static void* allocate(std::size_t size) {
    void* const block = std::malloc(size);
    if (block == nullptr) return nullptr;
    const std::size_t now = in_use_ += malloc_usable_size(block);
    std::size_t peak = peak_;
    while (now > peak && !peak_.compare_exchange_weak(peak, now)) {}
    return block;
  }
  static void release(void* block) {
    if (block == nullptr) return;
    in_use_ -= malloc_usable_size(block);
    std::free(block);
  }
  // The most that `work` has on the heap at once, beside what was there before.
  template <class Work>
  static std::size_t peak_of(Work&& work) {
    const std::size_t before = in_use_;
    peak_ = before;
    work();
    return peak_ - before;
  }

 private:
  static inline std::atomic<std::size_t> in_use_{0};
  static inline std::atomic<std::size_t> peak_{0};
};

}  // namespace sotevahti::test_support

void* operator new(std::size_t size) {
  void* const block = sotevahti::test_support::HeapCount::allocate(size == 0 ? 1 : size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept { sotevahti::test_support::HeapCount::release(block); }
void operator delete(void* block, std::size_t) noexcept { sotevahti::test_support::HeapCount::release(block); }
