/// \file
/// Owns every object of one interpretation and can take back what an untaken
/// branch wrote. Memory is released all at once at the end: programs that
/// build models are small.
#pragma once
#include "Interp/Value.h"
#include <deque>

namespace energy::interp {

class Store {
  std::deque<Cell> Cells;
  std::deque<std::string> Strings;
  std::deque<TensorBox> Tensors;
  std::deque<Object> Objects;
  std::deque<List> Lists;
  std::deque<Map> Maps;
  std::deque<Closure> Closures;
  std::deque<Tagged> Tags;
  std::deque<ModuleState> Modules;

  uint64_t Bytes = 0;

public:
  /// What was made so far, roughly: what a program makes grow is in it.
  uint64_t bytes() const { return Bytes; }
  void charge(uint64_t More) { Bytes += More; }
  /// Beyond the limit: the machine stops, and copies become shallow until it does.
  bool full() const;

  Cell *cell(Value V) {
    charge(sizeof(Cell) + sizeof(Cell *));
    return &Cells.emplace_back(Cell{V});
  }
  Value string(std::string S) {
    charge(sizeof(S) + S.size());
    return &Strings.emplace_back(std::move(S));
  }
  TensorBox *tensor(TensorArg A) {
    charge(sizeof(TensorBox));
    return &Tensors.emplace_back(TensorBox{std::move(A), {}, {}});
  }
  Value undefinedTensor() { return tensor(TensorArg::undefined()); }
  /// A new object in a new cell.
  Object *object(const clang::CXXRecordDecl *Class);
  ModuleState *module() {
    charge(sizeof(ModuleState));
    return &Modules.emplace_back();
  }
  List *list() {
    charge(sizeof(List));
    return &Lists.emplace_back();
  }
  List *list(llvm::ArrayRef<Value> Items);
  Map *map(bool Sorted);
  Closure *closure() { return &Closures.emplace_back(); }
  Tagged *tagged(llvm::StringRef Tag, std::vector<Value> Items = {}) {
    return &Tags.emplace_back(Tagged{Tag, std::move(Items)});
  }

  /// What a C++ copy constructor makes of V: containers and objects are copied
  /// deeply; pointers, tensors and modules' registered children are shared.
  Value copy(const Value &V);
  /// The entry's std::pair, whose second is the entry's own cell.
  Cell *pairOf(MapEntry &E);

  /// \name Trial: what is written between begin and end can be taken back.
  /// @{
  void write(Cell *C, Value V) {
    if (!Trials.empty())
      Trials.back().push_back({C, C->V});
    C->V = V;
  }
  /// Call before changing a container, tensor or module in place.
  void touch(List *L);
  void touch(Map *M);
  void touch(TensorBox *T);
  void touch(ModuleState *M);

  struct Change {
    Cell *Where = nullptr;
    Value Old;
    std::variant<std::monostate, std::pair<List *, List>, std::pair<Map *, Map>,
                 std::pair<TensorBox *, TensorBox>, std::pair<ModuleState *, ModuleState>>
        Whole = {};
  };
  using Log = std::vector<Change>;
  void beginTrial() { Trials.emplace_back(); }
  /// Takes the writes back and returns what they were: Old holds the value
  /// that the trial had written.
  Log endTrial();
  /// Redoes what endTrial() took back.
  void redo(const Log &Changes);
  /// Keeps what was written since beginTrial().
  void keepTrial();
  /// @}

private:
  std::vector<Log> Trials;
  template <class T> void saveWhole(T *Changed, uint64_t Size);
  void swap(Change &C);
};

} // namespace energy::interp
