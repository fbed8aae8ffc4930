using Seal.Documents.Judging;
using Seal.Ledger.Receipts;

namespace Seal.Cli.Receipts;

/// <summary>What is wrong with a receipt, or with its use: stable codes and a sentence in each language.</summary>
internal static class ReceiptProblems
{
    /// <summary>No receipt is of this signature.</summary>
    public static Reason Foreign { get; } = new("receipt-foreign", "所给收据属于另一次签章。", "The receipt is of another sealing, not of this signature.");

    /// <summary>No key was given to check the checkpoint with.</summary>
    public static Reason Unsigned { get; } =
        new("receipt-key-not-given", "未给出账本公钥，收据的签名未经核验；请用 --key 指定。", "The receipt's signature was not checked, for no key of the log was given; name one with --key.");

    /// <summary>The certificate recorded is not the signer's.</summary>
    public static Reason OtherSigner { get; } = new("signer-not-recorded", "登记的证书不是该签名者的证书。", "The recorded certificate is not the signer's.");

    /// <summary>The sentence for a flaw.</summary>
    public static Reason Of(ReceiptFlaw flaw) => flaw switch
    {
        ReceiptFlaw.Truncated => new("receipt-truncated", "收据不完整：末尾缺失。", "The receipt breaks off before its end."),
        ReceiptFlaw.FormatUnknown => new("receipt-format-unknown", "收据的格式版本不受支持。", "The receipt is of a format that this version does not know."),
        ReceiptFlaw.OtherLog => new("receipt-of-other-log", "收据来自另一账本，与所给密钥不符。", "The receipt is of another log than the keys given."),
        ReceiptFlaw.CheckpointForged => new("receipt-checkpoint-forged", "收据中的检查点不是由该账本的密钥签署。", "The receipt's checkpoint is not signed by the keys of the log."),
        ReceiptFlaw.NotWitnessed => new("receipt-not-witnessed", "收据中的检查点未获足够见证人联署。", "Too few of the witnesses cosigned the receipt's checkpoint."),
        ReceiptFlaw.EventAltered => new("receipt-event-altered", "收据中的事件或其证明已被改动。", "An event in the receipt, or its proof, was changed."),
        ReceiptFlaw.MaterialAltered => new("receipt-material-altered", "收据所附的印章数据已被改动。", "The seal data in the receipt were changed."),
        ReceiptFlaw.Incomplete => new("receipt-incomplete", "收据缺少证明本次签章的事件。", "The receipt lacks events that tell of a completed sealing."),
        _ => new("receipt-malformed", "文件不是可读的收据。", "The file is no readable receipt."),
    };
}
