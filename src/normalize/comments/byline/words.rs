//! The words of bylines.

use std::sync::LazyLock;

use crate::normalize::comments::words::{Heads, Words};
use crate::normalize::comments::{counter, date};

/// Words before a name.
#[rustfmt::skip]
pub(super) static LEAD: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        "posted by", "written by", "comment by", "reply by", "by", "from", "author", "作者",
        "用户", "昵称", "网友", "von", "par", "por", "от",
    ])
});

/// Words between a name and a date or the comment.
#[rustfmt::skip]
pub(super) static VERBS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        "says", "said", "wrote", "writes", "commented", "replied", "posted", "posted on", "on",
        "at", "schrieb", "sagt", "meint", "a dit", "dit", "dice", "пишет", "写道", "说道", "说",
        "發表於", "发表于", "发布于", "评论于", "留言于", "回复于", "于", "より",
    ])
});

/// Words that a byline may have anywhere: buttons, badges, labels.
#[rustfmt::skip]
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        "reply to this", "reply", "replies", "likes", "like", "liked", "unlike", "share",
        "report abuse", "report", "permalink", "permanent link", "link to this comment", "link",
        "edited by", "edited", "edit", "delete", "quote", "flag as inappropriate", "flag",
        "upvote", "downvote", "up", "down", "vote", "helpful", "save", "parent", "context",
        "next", "prev", "hide", "collapse", "expand", "show", "more", "view", "translate", "mute",
        "block", "ignore", "embed", "follow", "copy link", "log in to reply", "login to reply",
        "says", "said", "wrote", "writes", "commented", "replied", "posted by", "posted on",
        "posted", "on", "at", "by", "in", "from", "ago", 
        "new", "top", "pinned", "post",
        "comment", "date", "name", "published", "uhr", "antworten", "répondre", "responder",
        "ответить", "schrieb", "sagt", "写道", "说道", "说", "发表于", "發表於", "发布于",
        "评论于", "留言于", "回复于", "于", "作者回复", "回复", "回覆", "引用", "举报",
        "舉報", "赞同", "赞", "讚", "点赞", "踩", "顶", "支持", "反对", "分享", "收藏", "编辑",
        "删除", "展开", "收起", "置顶", "精选", "层主", "沙发", "板凳", "地板",
        "只看该作者", "只看楼主", "查看", "更多", "来自", "返信", "通報", "編集", "답글",
        "신고", "공유",
    ])
});

/// What a site calls some of those who write. Only beside a name: it may be all the name there is.
#[rustfmt::skip]
pub(super) static BADGES: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        "author", "post author", "moderator", "mod", "admin", "administrator", "op", "staff",
        "member", "senior member", "junior member", "guest", "用户", "楼主", "层主", "作者", "管理员",
        "版主", "会员", "游客",
    ])
});

/// What a part of a byline begins with, if that is a letter: a quick no to what is text.
pub(super) static BEGINS: LazyLock<Heads> = LazyLock::new(|| {
    let digits = ["０", "１", "２", "３", "４", "５", "６", "７", "８", "９"];
    Heads::new(&digits)
        .join(&WORDS.heads())
        .join(&BADGES.heads())
        .join(&counter::heads())
        .join(&date::heads())
});

/// Words that are buttons and never what somebody wrote.
#[rustfmt::skip]
pub(super) const BUTTONS: &[&str] = &[
    "reply", "report", "permalink", "share", "quote", "edit", "delete", "flag", "举报", "舉報",
    "引用", "返信", "通報", "답글", "신고", "回复", "回覆", "只看该作者", "antworten", "répondre",
    "responder", "ответить",
];
