//! Documents and terminals that several tests share.

use crate::report::Terminal;

pub const UNICODE: Terminal = Terminal {
    width: 80,
    colour: false,
    ascii: false,
};
pub const ASCII: Terminal = Terminal {
    ascii: true,
    ..UNICODE
};

/// A lesson of a course, as one dump has it.
pub const LESSON: &str = "\
% title: 缓存的三种写法
# 为什么要缓存

数据库每秒只能承受几千次查询，而首页每秒要被打开几万次。

在我看来，真正常用的写法只有下面这三种：

# 旁路缓存

先读缓存，读不到再读数据库，然后把结果写回缓存。

  value = cache.get(key)
  if value is None:
      value = load(key)

# 读写穿透

!https://example.org/through.png

缓存自己去读写数据库，应用只和缓存说话。

# 异步写回

应用写进缓存就算写完，缓存稍后成批写进数据库。

=2
@林晓|2024-03-01|3|讲得很清楚，谢谢老师！
@Ann|2024-03-02|0|旁路缓存里先删缓存还是先写库？
";

/// The same, cut off after the third paragraph, with the comments after the cut.
pub const CUT: &str = "\
% title: 缓存的三种写法
# 为什么要缓存

数据库每秒只能承受几千次查询，而首页每秒要被打开几万次。

在我看来，真正常用的写法只有下面这三种：
=2
?https://example.org/a.png
@林晓|2024-03-01|5|讲得很清楚，谢谢老师！
?https://example.org/b.png
@Ann|2024-03-02|0|旁路缓存里先删缓存还是先写库？
";

pub const GUIDE: &str = "\
# Install

Download the archive for your system and unpack it anywhere you like.

# First steps

Start the server with the default settings; it listens on port 8080.

Open the dashboard, create a project, and invite the people you work with.

# Backup

Every night the server writes a snapshot of all projects to the data folder.

=3
@Ben|2024-01-05|1|Works on my machine.
@Carla|2024-02-11|0|The port is 8081 for me.
";

pub const REVISED: &str = "\
# Install

Download the archive for your system and unpack it anywhere you like.

# Backup

Every night the server writes a snapshot of all projects to the data folder.

# First steps

Start the server with the default settings; it listens on port 9090.

Ask an administrator if the port is taken.

=2
@Ben|2024-01-05|1|Works on my laptop.
@Dora|2024-04-01|0|Thanks!
";
