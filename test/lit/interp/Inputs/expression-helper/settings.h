#pragma once
struct Settings {
  int width;
};
Settings wide(int factor);
