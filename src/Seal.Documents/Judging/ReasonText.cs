namespace Seal.Documents.Judging;

/// <summary>The sentences of the answers, by code. The codes are public API; the wording is not.</summary>
public static class ReasonText
{
    private static readonly Dictionary<string, (string Zh, string En)> Texts = new(StringComparer.Ordinal)
    {
        ["not-checked"] = ("前面的检查未通过，未作此项检查。", "Not checked, because an earlier check did not pass."),

        ["signed-data-missing"] = ("文件只是印章数据或签章数据本身，没有附上被签的文档。", "This is a seal or a seal's signature by itself; the document that was signed is not with it."),

        ["container-ok"] = ("签名结构完整，可以识别。", "The signature is well formed and of a known kind."),
        ["container-missing"] = ("签名域中没有签名内容。", "The signature field holds no signature."),
        ["container-unknown"] = ("签名内容不是可识别的格式。", "The signature is of no known format."),
        ["container-broken"] = ("签名内容已损坏，无法解析。", "The signature is damaged and cannot be read."),
        ["container-signers"] = ("签名容器中应有且只有一个签名者。", "The signature must have exactly one signer."),
        ["container-padding"] = ("签名内容之后夹带了其他数据。", "Other data are hidden behind the signature."),
        ["container-encloses-content"] = ("签名容器内含被签内容，签的不是本文件。", "The signature encloses content of its own: it is not this document that was signed."),
        ["dictionary-ambiguous"] = ("签名字典中有重复的键，不同软件会有不同理解。", "The signature dictionary has a key twice; readers would disagree about it."),

        ["container-certificate-broken"] = ("签名中的签名者证书无法解析。", "The signer's certificate in the signature cannot be read."),
        ["signature-file-missing"] = ("签名列表中的签名文件不在文件包内。", "The list names a signature whose file is not in the package."),
        ["signature-file-broken"] = ("签名描述文件（Signature.xml）已损坏或不符合规范。", "The file that describes the signature (Signature.xml) is damaged or not of its form."),
        ["signature-listed-twice"] = ("同一签名在签名列表中出现多次。", "The list names the same signature more than once."),
        ["signature-of-another-file"] = ("签名声明保护的是另一个文件。", "The signature says that it is about another file."),
        ["signature-type-differs"] = ("签名列表称其为不带印章的签名，实际是电子签章，不同软件可能显示或不显示印章。", "The list calls it a signature without a seal, and it is one with a seal: some readers would show the seal and others would not."),
        ["package-name-unsafe"] = ("文件包中有不安全的文件名（路径跳转、绝对路径、链接或控制字符）。", "The package holds an unsafe name: one that leaves the package, is absolute, a link, or has control characters."),
        ["package-entry-duplicate"] = ("文件包中有重名文件，不同软件会读到不同内容。", "The package holds two files of one name; readers would disagree about them."),
        ["package-headers-differ"] = ("文件包的两处目录信息不一致，不同软件会读到不同内容。", "The two directories of the package contradict each other; readers would disagree about it."),
        ["package-entries-overlap"] = ("文件包中的文件相互重叠。", "Files in the package overlap each other."),
        ["package-data-outside"] = ("文件包之外夹带了其他数据。", "Other data are hidden outside the files of the package."),
        ["location-ambiguous"] = ("文件内的路径可以理解为两个不同的文件。", "A path in the document can be read as two different files."),
        ["xml-unreadable"] = ("文件中的 XML 无法安全解析（损坏或含有禁用的声明）。", "XML in the document cannot be read safely: it is damaged or holds forbidden declarations."),

        ["coverage-all-files"] = ("签名保护了文档的全部内容。", "The signature protects everything in the document."),
        ["coverage-nothing"] = ("签名没有保护任何文件。", "The signature protects no file at all."),
        ["coverage-partial"] = ("文档中有内容未被签名保护。", "Part of the document is not protected by the signature."),
        ["coverage-smuggled"] = ("文件包中夹带了不属于文档、也未被签名保护的文件。", "The package holds files that neither belong to the document nor are protected."),
        ["coverage-unreadable"] = ("文档结构无法解析，不能确定签名保护了什么。", "The document cannot be read, so what the signature protects cannot be told."),
        ["coverage-whole-revision"] = ("签名覆盖了签署时的整个文件。", "The signature covers the whole file as it was when signed."),
        ["coverage-repaired"] = ("签名覆盖了签署时的整个文件；文件结构有缺陷，已按通行方式修复后解读，且只有一种读法。", "The signature covers the whole file as it was when signed. The file is damaged in ways that readers repair; repaired, it reads in one way only."),
        ["revision-ambiguous"] = ("文件结构有缺陷，修复后可以有不止一种读法，无法确定签署的是哪一种。", "The file is damaged, and repaired it can be read in more than one way; which of them was signed cannot be told."),
        ["byte-range-malformed"] = ("签名范围不是从文件开头起的四个非负整数。", "The signed range is not four non-negative numbers starting at the beginning of the file."),
        ["byte-range-hole"] = ("签名范围中的空缺与签名内容不一致，有内容未被签名保护。", "The gap in the signed range is not exactly the signature; something in the file is not covered."),
        ["byte-range-not-a-revision"] = ("签名范围的末尾不是任何一个已保存版本的末尾。", "The signed range does not end where a saved state of the file ends."),
        ["signature-outside-revision"] = ("签名不属于它所覆盖的那个版本。", "The signature does not belong to the state of the file that it covers."),
        ["revision-inconsistent"] = ("签署版本的内部索引指向签名范围之外或其他位置。", "The signed state of the file refers to places outside itself."),
        ["unreadable-tail"] = ("签署之后的文件末尾附加了无法识别的内容。", "Something that cannot be read was appended to the file after signing."),

        ["changes-none"] = ("签署之后文件没有改动。", "Nothing was changed after signing."),
        ["changes-permitted"] = ("签署之后只有允许的改动。", "Only permitted changes were made after signing."),
        ["changes-noted"] = ("签署之后添加了批注或填写了表单，请对照签署时的版本。", "Annotations or form entries were added after signing; compare with the signed state."),
        ["changes-not-permitted"] = ("签署之后文件内容被改动。", "The content was changed after signing."),
        ["changes-beyond-certification"] = ("签署之后的改动超出了认证签名允许的范围。", "The certification does not permit what was changed after signing."),
        ["changes-locked-field"] = ("签署之后改动了已被签名锁定的表单域。", "A form field that the signature locks was changed after signing."),
        ["changes-further-signatures"] = ("签署之后又有其他签名（续签）。", "Further signatures were added after this one."),
        ["changes-signature-removed"] = ("原有的其他签名已从签名列表中删除。", "Another signature that was there was removed from the list."),
        ["changes-unreadable"] = ("签署之后的改动无法解析。", "What was changed after signing cannot be read."),

        ["digest-matches"] = ("签署的内容未被篡改。", "The signed content is unaltered."),
        ["digest-differs"] = ("签署的内容已被篡改。", "The signed content was altered."),
        ["digest-signature-file-differs"] = ("签名描述文件（Signature.xml）不是当时签署的那一份。", "The file that describes the signature (Signature.xml) is not the one that was signed."),
        ["digest-file-missing"] = ("被签名保护的文件已被删除。", "A file that the signature protects was removed."),
        ["digest-list-changed"] = ("签名列表受签名保护，但签署之后被改动（可能违规添加了签名）。", "The signature protects the list of signatures, which was changed afterwards; a signature may have been added that was not allowed."),
        ["algorithm-not-accepted"] = ("签名使用了不安全或不支持的算法。", "The signature uses an algorithm that is weak or not known here."),

        ["signature-valid"] = ("签名值正确。", "The signature value verifies."),
        ["signature-invalid"] = ("签名值不正确。", "The signature value does not verify."),
        ["content-type-differs"] = ("签名属性与所签内容的类型不符。", "The signed attributes name another type of content."),
        ["signer-certificate-missing"] = ("签名中找不到签名者证书。", "The signer's certificate is not in the signature."),
        ["signing-certificate-differs"] = ("签名指明的是另一张证书。", "The signature names another certificate as the signer's."),
        ["signing-certificate-absent"] = ("签名没有指明签名者证书（PAdES 要求）。", "The signature does not name the signer's certificate, as PAdES requires."),

        ["certificate-ok"] = ("签名者证书可信且签署时有效。", "The signer's certificate is trusted and was valid at signing."),
        ["certificate-no-chain"] = ("签名者证书不能追溯到受信任的根证书。", "The signer's certificate does not lead to a trusted root."),
        ["certificate-expired"] = ("签署时签名者证书已过期。", "The certificate had expired when it signed."),
        ["certificate-not-yet-valid"] = ("签署时签名者证书尚未生效。", "The certificate was not valid yet when it signed."),
        ["certificate-revoked"] = ("签署时签名者证书已被吊销。", "The certificate was revoked when it signed."),
        ["certificate-out-of-bounds-unproven"] = ("证书不在有效期内，且无法证明签署时间。", "The certificate is outside its validity, and nothing proves when it signed."),
        ["certificate-revoked-unproven"] = ("证书已被吊销，且无法证明签名早于吊销。", "The certificate is revoked, and nothing proves that it signed before."),
        ["certificate-revocation-unknown"] = ("无法获知证书是否已被吊销。", "Whether the certificate is revoked cannot be learned."),
        ["certificate-key-usage"] = ("该证书不得用于文件签名。", "The certificate may not be used for signing documents."),
        ["certificate-path-rules"] = ("证书链不符合规则。", "The certification path breaks the rules for paths."),

        ["seal-data-ok"] = ("印章数据真实有效，签名者在印章的签章人列表中。", "The seal data are genuine and in force, and list the signer."),
        ["seal-file-differs"] = ("文件中的印章（Seal.esl）与签名中的印章不一致。", "The seal beside the signature (Seal.esl) is not the one inside it."),
        ["seal-maker-certificate-broken"] = ("印章制作者的证书无法解析。", "The certificate of the seal's maker cannot be read."),
        ["seal-maker-signature-invalid"] = ("印章制作者对印章数据的签名不正确：印章可能是伪造的。", "The maker's signature over the seal data does not verify: the seal may be forged."),
        ["seal-maker-algorithm"] = ("印章制作者使用了不支持的签名算法。", "The seal's maker signed with an algorithm that is not known here."),
        ["seal-signer-not-listed"] = ("签名者不在该印章的签章人列表中。", "The seal does not list this signer."),
        ["seal-validity-reversed"] = ("印章的有效期结束早于开始。", "The seal's validity ends before it begins."),
        ["seal-not-yet-valid"] = ("签署时印章尚未生效。", "The seal was not valid yet when this was signed."),
        ["seal-not-in-force"] = ("印章数据真实，但目前不在有效期内。", "The seal is genuine, and today is outside its validity."),
        ["seal-expired"] = ("签署时印章已过有效期。", "The seal had expired when this was signed."),
        ["seal-time-unknown"] = ("不知道签署时间，无法判断印章当时是否有效。", "Without a time of signing it cannot be told whether the seal was in force."),
        ["seal-maker-no-chain"] = ("印章制作者证书不能追溯到受信任的根证书。", "The certificate of the seal's maker does not lead to a trusted root."),
        ["seal-maker-expired"] = ("签署时印章制作者证书已过期。", "The certificate of the seal's maker had expired when this was signed."),
        ["seal-maker-not-yet-valid"] = ("签署时印章制作者证书尚未生效。", "The certificate of the seal's maker was not valid yet when this was signed."),
        ["seal-maker-revoked"] = ("签署时印章制作者证书已被吊销。", "The certificate of the seal's maker was revoked when this was signed."),
        ["seal-maker-out-of-bounds-unproven"] = ("印章制作者证书不在有效期内，且无法证明签署时间。", "The certificate of the seal's maker is outside its validity, and nothing proves when this was signed."),
        ["seal-maker-revoked-unproven"] = ("印章制作者证书已被吊销，且无法证明签名早于吊销。", "The certificate of the seal's maker is revoked, and nothing proves that this was signed before."),
        ["seal-maker-revocation-unknown"] = ("无法获知印章制作者证书是否已被吊销。", "Whether the certificate of the seal's maker is revoked cannot be learned."),
        ["seal-maker-key-usage"] = ("印章制作者证书不得用于制作印章。", "The certificate of the seal's maker may not be used for making seals."),
        ["seal-maker-path-rules"] = ("印章制作者的证书链不符合规则。", "The certification path of the seal's maker breaks the rules for paths."),
        ["seal-data-by-ledger"] = ("签署时在用的印章数据已由登记系统核验。", "The ledger verified the seal data in force at signing."),
        ["seal-data-differs"] = ("登记系统中的印章数据与本次签章不符。", "The seal data in the ledger do not fit this signature."),
        ["seal-data-not-in-file"] = ("文件中没有印章数据，也没有可据以核验的登记。", "The file holds no seal data, and no record was at hand to check them by."),

        ["time-proven-by-timestamp"] = ("签署时间由时间戳证明。", "A timestamp proves the time of signing."),
        ["time-proven-by-document-timestamp"] = ("文件时间戳证明签名在此时间之前已经存在。", "A document time stamp proves that the signature existed by then."),
        ["timestamp-not-proving"] = ("签名带有时间戳，但该时间戳不能证明时间。", "The signature carries a time stamp, but it proves nothing."),
        ["timestamp-from-future"] = ("时间戳所载时间尚未到来。", "The time stamp states a time that has not come yet."),
        ["timestamp-of-other-data"] = ("时间戳是对其他数据所作，可能取自别处。", "The time stamp is over other data; it may have been taken from elsewhere."),
        ["timestamp-invalid"] = ("时间戳的签名不正确。", "The time stamp's own signature does not verify."),
        ["timestamp-unreadable"] = ("时间戳已损坏，无法解析。", "The time stamp is damaged and cannot be read."),
        ["timestamps-out-of-order"] = ("各时间戳的时间先后互相矛盾。", "The times of the time stamps contradict each other."),
        ["time-recorded-by-ledger"] = ("签署时间由登记系统记录。", "The ledger recorded when it was signed."),
        ["time-only-claimed"] = ("签署时间仅为签署人自己所称。", "The time of signing is only what the signer claims."),
        ["time-missing"] = ("没有签署时间。", "Nothing says when it was signed."),

        ["ledger-in-order-witnessed"] = ("已登记，账本经独立见证人联署：签署时印章、授权和证书均有效。", "Recorded in a ledger that independent witnesses cosigned: seal, authorisation and certificate were in order when this was signed."),
        ["ledger-in-order"] = ("已登记：签署时印章、授权和证书均有效。", "Recorded: seal, authorisation and certificate were in order when this was signed."),
        ["ledger-not-asked"] = ("未查询登记系统。", "No ledger was asked."),
        ["ledger-unreachable"] = ("无法连接登记系统，请稍后再试。", "The ledger could not be reached; ask again later."),
        ["ledger-unknown"] = ("登记系统中没有这次签章：印章可能未经登记使用。", "The ledger has no record of this sealing: the seal may have been used without it."),
        ["ledger-not-in-order"] = ("签署时印章、授权或证书不在有效状态。", "Seal, authorisation or certificate were not in order when this was signed."),
        ["ledger-digest-differs"] = ("登记的是另一份文件。", "The record is of another document."),
        ["ledger-proof-broken"] = ("登记的存在证明不成立。", "The proof that the record is in the ledger does not hold."),
    };

    /// <summary>All codes there are.</summary>
    public static IReadOnlyCollection<string> Codes => Texts.Keys;

    /// <summary>The reason with this code.</summary>
    /// <exception cref="KeyNotFoundException">There is no such code.</exception>
    public static Reason Of(string code)
    {
        (var zh, var en) = Texts[code];
        return new Reason(code, zh, en);
    }
}
