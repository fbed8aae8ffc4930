namespace Seal.Documents.Judging;

/// <summary>What parts of a judgement are called in Chinese and in English, wherever people read it.</summary>
public static class JudgementWords
{
    /// <summary>What a check is called.</summary>
    public static string Of(CheckName check, bool chinese) => check switch
    {
        CheckName.Structure => chinese ? "签名结构" : "structure",
        CheckName.Coverage => chinese ? "覆盖范围" : "coverage",
        CheckName.Changes => chinese ? "后续改动" : "later changes",
        CheckName.Digest => chinese ? "内容摘要" : "digest",
        CheckName.SignatureValue => chinese ? "签名值" : "signature value",
        CheckName.Certificate => chinese ? "签名者证书" : "certificate",
        CheckName.SealData => chinese ? "印章数据" : "seal data",
        CheckName.Time => chinese ? "签署时间" : "time",
        _ => chinese ? "登记账本" : "ledger",
    };

    /// <summary>Who says when it was signed.</summary>
    public static string Of(TimeSource source, bool chinese) => source switch
    {
        TimeSource.Claimed => chinese ? "签署人自称" : "claimed by the signer",
        TimeSource.Ledger => chinese ? "登记账本记录" : "recorded by the ledger",
        TimeSource.Timestamp => chinese ? "时间戳证明" : "proven by a timestamp",
        _ => chinese ? "无来源" : "nobody says",
    };

    /// <summary>What was done to the document later.</summary>
    public static string Of(ChangeKind kind, bool chinese) => kind switch
    {
        ChangeKind.None => chinese ? "无可见变化" : "nothing to be seen",
        ChangeKind.DocumentInformation => chinese ? "文件信息" : "document information",
        ChangeKind.LongTermValidation => chinese ? "长期验证数据" : "long-term validation data",
        ChangeKind.FurtherSignature => chinese ? "后续签名" : "a further signature",
        ChangeKind.FormFilling => chinese ? "填写表单" : "form filling",
        ChangeKind.Annotation => chinese ? "添加批注" : "annotations added",
        ChangeKind.ContentAnnotation => chinese ? "添加形同正文的批注" : "annotations that look like content",
        ChangeKind.FormFieldAdded => chinese ? "添加表单域" : "form fields added",
        _ => chinese ? "其他改动" : "other changes",
    };
}
