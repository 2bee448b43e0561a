//! Each charset is recognised from real sentences, and read rightly.

use encoding_rs::*;

use super::*;

/// Sentences of one language, and charsets that can hold them.
struct Sample {
    charsets: &'static [&'static Encoding],
    text: &'static str,
}

const SAMPLES: [Sample; 17] = [
    Sample {
        charsets: &[GBK, GB18030],
        text: "数据库的索引就像一本书的目录，有了它，我们不必从头读到尾。\
            可是索引也有代价：每次写入都要维护它，占用的磁盘空间也会越来越大。\
            所以在建立索引之前，先想清楚查询的形状，再决定哪些列值得放进去。",
    },
    Sample {
        charsets: &[BIG5],
        text: "資料庫的索引就像一本書的目錄，有了它，我們不必從頭讀到尾。\
            可是索引也有代價：每次寫入都要維護它，占用的磁碟空間也會越來越大。\
            所以在建立索引之前，先想清楚查詢的形狀，再決定哪些欄位值得放進去。",
    },
    Sample {
        charsets: &[SHIFT_JIS, EUC_JP],
        text: "データベースの索引は、本の目次のようなものです。\
            索引があれば、最初から最後まで読む必要はありません。\
            しかし書き込みのたびに更新しなければならず、ディスクの容量も使います。",
    },
    Sample {
        charsets: &[EUC_KR],
        text: "데이터베이스의 색인은 책의 차례와 같습니다. \
            색인이 있으면 처음부터 끝까지 읽지 않아도 됩니다. \
            그러나 쓸 때마다 고쳐야 하므로 비용이 들고 디스크도 더 차지합니다.",
    },
    Sample {
        charsets: &[WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5],
        text: "Индекс базы данных похож на оглавление книги: с ним не нужно читать всё подряд. \
            Но у него есть цена, ведь при каждой записи его приходится обновлять. \
            Поэтому сначала подумайте, какие запросы вы будете выполнять чаще всего.",
    },
    Sample {
        charsets: &[WINDOWS_1253],
        text: "Το ευρετήριο μιας βάσης δεδομένων μοιάζει με τον πίνακα περιεχομένων ενός βιβλίου. \
            Χάρη σε αυτό δεν χρειάζεται να διαβάσουμε τα πάντα από την αρχή. \
            Όμως κάθε εγγραφή πρέπει να το ενημερώνει.",
    },
    Sample {
        charsets: &[WINDOWS_1250, ISO_8859_2],
        text: "Index databáze se podobá obsahu knihy: díky němu nemusíme číst všechno od začátku. \
            Při každém zápisu se však musí znovu upravit, a to něco stojí. \
            Než ho tedy vytvoříte, rozmyslete si, které dotazy budete nejčastěji pokládat.",
    },
    Sample {
        charsets: &[WINDOWS_1250],
        text: "Indeks bazy danych przypomina spis treści książki: dzięki niemu nie trzeba czytać \
            wszystkiego od początku. Każdy zapis musi go jednak zaktualizować, więc za wygodę się \
            płaci. Zanim go założysz, pomyśl, jakie zapytania będą najczęstsze.",
    },
    Sample {
        charsets: &[WINDOWS_1252],
        text: "L’index d’une base de données ressemble à la table des matières d’un livre : grâce \
            à lui, inutile de tout lire depuis le début. Mais chaque écriture doit le mettre à \
            jour, et cela a un coût. Réfléchissez donc d’abord aux requêtes les plus fréquentes.",
    },
    Sample {
        charsets: &[WINDOWS_1252],
        text: "Der Index einer Datenbank ähnelt dem Inhaltsverzeichnis eines Buches: Man muss \
            nicht alles von vorn lesen. Doch bei jedem Schreiben muss er geändert werden, und das \
            kostet Zeit. Überlegen Sie also vorher, welche Abfragen am häufigsten gestellt werden.",
    },
    Sample {
        charsets: &[WINDOWS_1252],
        text: "El índice de una base de datos se parece al sumario de un libro: así no hace falta \
            leerlo todo desde el principio. ¿Y el precio? Cada escritura tiene que actualizarlo, \
            también cuando nadie lo consulta. Piense primero qué preguntas hará el año que viene.",
    },
    Sample {
        charsets: &[WINDOWS_1254],
        text: "Veritabanı dizini, bir kitabın içindekiler sayfasına benzer: her şeyi baştan \
            okumak gerekmez. Ancak her yazma işleminde güncellenmesi gerekir ve bunun bir bedeli \
            vardır. Önce hangi sorguların en sık çalıştırılacağını düşünün, çünkü iş orada başlar.",
    },
    Sample {
        charsets: &[WINDOWS_1255],
        text: "אינדקס של מסד נתונים דומה לתוכן העניינים של ספר: בזכותו לא צריך לקרוא הכול מההתחלה. \
            אבל בכל כתיבה צריך לעדכן אותו, ולכן יש לו מחיר. חשבו קודם אילו שאילתות יהיו נפוצות.",
    },
    Sample {
        charsets: &[WINDOWS_1256],
        text: "فهرس قاعدة البيانات يشبه فهرس الكتاب: بفضله لا نحتاج إلى قراءة كل شيء من البداية. \
            لكن كل عملية كتابة يجب أن تحدثه، ولهذا ثمن. فكر أولا في الاستعلامات الأكثر شيوعا.",
    },
    Sample {
        charsets: &[WINDOWS_1257],
        text: "Duomenų bazės rodyklė panaši į knygos turinį: jos dėka nereikia visko skaityti nuo \
            pradžių. Tačiau kiekvieną kartą rašant ją reikia atnaujinti, o tai kainuoja. Todėl \
            pirmiausia pagalvokite, kokių užklausų bus dažniausiai.",
    },
    Sample {
        charsets: &[WINDOWS_1258],
        text: "Chi\u{309} mu\u{323}c cu\u{309}a cơ sơ\u{309} dư\u{303} liê\u{323}u giô\u{301}ng như mu\u{323}c \
            lu\u{323}c cu\u{309}a mô\u{323}t cuô\u{301}n sa\u{301}ch: nhơ\u{300} no\u{301} ta không câ\u{300}n \
            đo\u{323}c tư\u{300} đâ\u{300}u. Nhưng mô\u{303}i lâ\u{300}n ghi đê\u{300}u pha\u{309}i câ\u{323}p nhâ\u{323}t.",
    },
    Sample {
        charsets: &[WINDOWS_874],
        text: "ดัชนีของฐานข้อมูลเหมือนสารบัญของหนังสือ เราจึงไม่ต้องอ่านทุกอย่างตั้งแต่ต้น \
            แต่ทุกครั้งที่เขียนก็ต้องปรับปรุงดัชนีด้วย ซึ่งมีค่าใช้จ่าย ดังนั้นจงคิดก่อนว่าจะค้นหาอะไรบ่อยที่สุด",
    },
];

/// The charset that `bytes` are taken for, and whether they read as `text`.
fn read(bytes: &[u8], text: &str) -> Result<(), String> {
    let decoded = decode(bytes, None, false);
    if decoded.text == text && decoded.damage.is_empty() {
        return Ok(());
    }
    let seen: String = decoded.text.chars().take(40).collect();
    Err(format!("read as {}: {seen}", decoded.encoding.name))
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf32(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u32| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    text.chars().map(u32::from).flat_map(bytes).collect()
}

/// All samples in all their charsets, changed by `edit`, are read as they were written.
fn check_all(edit: impl Fn(&str) -> String) {
    let mut wrong = Vec::new();
    for sample in &SAMPLES {
        let text = edit(sample.text);
        for charset in sample.charsets {
            let (bytes, _, unmappable) = charset.encode(&text);
            assert!(!unmappable, "{} cannot hold {text}", charset.name());
            // A few words of Thai look like Big5.
            if *charset == WINDOWS_874 && bytes.len() < 100 {
                continue;
            }
            if let Err(seen) = read(&bytes, &text) {
                wrong.push(format!("{} {seen}", charset.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_few_hundred_bytes_are_enough() {
    check_all(str::to_owned);
}

#[test]
fn so_is_a_sentence_in_most() {
    check_all(|text| {
        let bytes_left = text
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at < 180);
        text[..bytes_left.last().unwrap_or(0)].to_owned()
    });
}

#[test]
fn what_comes_after_much_ascii_is_seen() {
    check_all(|text| "plain words, and nothing else\n".repeat(3500) + text);
}

#[test]
fn a_lone_sign_at_the_head_is_not_all_there_is() {
    // The paragraph sign is in all of these, and two bytes long in some.
    for sample in &SAMPLES[..4] {
        let text = format!("§ {}{}", "ASCII only, for long\n".repeat(1000), sample.text);
        for charset in sample.charsets {
            let bytes = charset.encode(&text).0;
            assert_eq!(read(&bytes, &text), Ok(()), "{}", charset.name());
        }
    }
}

#[test]
fn one_broken_byte_does_not_change_the_charset() {
    for sample in &SAMPLES[..4] {
        for charset in sample.charsets {
            let text = sample.text.replace("。", "。\n").repeat(4);
            let mut bytes = charset.encode(&text).0.into_owned();
            bytes[60] = 0xFF;
            let decoded = decode(&bytes, None, false);
            let name = Charset::of(charset).name();
            assert_eq!(decoded.encoding.name, name);
            // The other half of a character may drag its neighbours along, up to the next space.
            assert!(!decoded.damage.is_empty(), "{name}");
            let near = Span::new(59, 80);
            assert!(
                decoded
                    .damage
                    .iter()
                    .all(|damage| near.contains(damage.span)),
                "{name}"
            );
        }
    }
}

#[test]
fn a_cut_character_does_not_change_the_charset() {
    for sample in &SAMPLES[..4] {
        for charset in sample.charsets {
            let mut bytes = charset.encode(sample.text).0.into_owned();
            bytes.truncate(bytes.len() / 2);
            while !charset.decode_without_bom_handling(&bytes).1 {
                bytes.pop();
            }
            let decoded = decode(&bytes, None, false);
            assert_eq!(decoded.encoding.name, Charset::of(charset).name());
            assert_eq!(decoded.damage.len(), 1);
            assert_eq!(decoded.damage[0].span.end(), bytes.len());
        }
    }
}

#[test]
fn utf16_and_utf32_without_a_mark() {
    let mut texts: Vec<String> = SAMPLES
        .iter()
        .map(|sample| sample.text.to_owned())
        .collect();
    texts.push("Plain English, some sixty bytes of it.\n".to_owned());
    texts.push("没有空格也没有换行的一段中文，只有标点符号。".to_owned());
    texts.push("# 标题\r\n\r\n第一段，有 `code` 和 **重点**。\r\n".repeat(300));
    texts.push("😀 emoji and a lone é\n".to_owned());
    for text in &texts {
        for little in [true, false] {
            assert_eq!(read(&utf16(text, little), text), Ok(()), "UTF-16, {little}");
            assert_eq!(read(&utf32(text, little), text), Ok(()), "UTF-32, {little}");
        }
    }
}

#[test]
fn iso_2022_jp_is_seen_through_its_ascii() {
    let text = "件名: 索引の話\nデータベースの索引は、本の目次のようなものです。ok\n";
    let (bytes, _, _) = ISO_2022_JP.encode(text);
    assert!(bytes.is_ascii());
    assert_eq!(read(&bytes, text), Ok(()));
    let colours = b"\x1B[31mred\x1B[0m costs \x1B$5";
    assert_eq!(decode(colours, None, false).encoding.name, "UTF-8");
}

#[test]
fn an_escape_that_nothing_follows_is_part_of_the_damage_before_it() {
    let bytes = b"\x1B$B\x1B$B";
    let decoded = decode(bytes, Some(ISO_2022_JP), false);
    let damage: Vec<_> = decoded.damage.iter().map(|damage| damage.span).collect();
    assert_eq!(damage, [Span::new(0, bytes.len())]);
}

#[test]
fn units_of_every_length_lead_back() {
    for (encoding, bytes, chars) in [
        // 2, 4 and 1 bytes.
        (
            GB18030,
            &b"a\xC4\xE3\x81\x39\xEE\x39\x94\x39\xDA\x33\x80z"[..],
            "a/1 你/2 㐀/4 💩/4 €/1 z/1",
        ),
        // A letter and a combining mark from two bytes.
        (BIG5, b"\xA7\x41\x88\x62\xA6\x6E", "你/2 Ê/2 \u{304}/0 好/2"),
        // Half-width kana.
        (SHIFT_JIS, b"\xB1\x82\xA0\xC5!\x5C", "ｱ/1 あ/2 ﾅ/1 !/1 \\/1"),
        // JIS X 0212 in three bytes, half-width kana in two.
        (EUC_JP, b"\xA4\xA2\x8F\xB0\xA1\x8E\xB1", "あ/2 丂/3 ｱ/2"),
        (EUC_KR, b"\xB0\xA1\x81\x41", "가/2 갂/2"),
        (WINDOWS_1252, b"\x80\xE9\x81", "€/1 é/1 \u{81}/1"),
        // The escape belongs to what follows, the last one to what came before.
        (
            ISO_2022_JP,
            b"a\x1B$B$\"\x1B(Bb\x1B$B$\"\x1B(B",
            "a/1 あ/5 b/4 あ/8",
        ),
    ] {
        let decoded = decode(bytes, Some(encoding), false);
        let seen: Vec<String> = decoded
            .text
            .char_indices()
            .map(|(at, char)| {
                let start = decoded.map.source_start(at);
                let end = decoded.map.source_end(at + char.len_utf8());
                format!("{char}/{}", end - start)
            })
            .collect();
        assert_eq!(seen.join(" "), chars, "{}", encoding.name());
    }
}
