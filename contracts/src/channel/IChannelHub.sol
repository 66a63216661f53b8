// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IChannelHub
/// @notice One-way payment channels with the interface of x402's scheme `batch-settlement`: a payer deposits, signs
/// cumulative vouchers off chain, and the receiver claims many of them at once. What stands under "beside it" is not
/// part of that scheme. Amounts are atomic units of the channel's token, times are Unix seconds.
/// @dev Trusted: the token of a channel, by that channel's parties alone. A channel's deposit collector is trusted by
/// nobody: what arrives is counted. Tokens that rebase, or whose balances shrink, are not supported.
interface IChannelHub {
    /// @notice What a channel is, for ever; its EIP-712 digest is the channel's id.
    /// @param payer Who pays, and to whom the rest goes back.
    /// @param payerAuthorizer Whose key signs vouchers; 0: the payer signs, with its key or by ERC-1271.
    /// @param receiver Who is paid.
    /// @param receiverAuthorizer Who signs claims and refunds for the receiver; not 0.
    /// @param token ERC-20.
    /// @param withdrawDelay Seconds from the payer's request until it can take back what is unclaimed.
    /// @param salt Tells channels of the same parties apart.
    struct ChannelConfig {
        address payer;
        address payerAuthorizer;
        address receiver;
        address receiverAuthorizer;
        address token;
        uint40 withdrawDelay;
        bytes32 salt;
    }

    /// @notice A channel's money.
    /// @param balance What was deposited, less what went back.
    /// @param totalClaimed How much of that is the receiver's; `balance` at most.
    struct ChannelState {
        uint128 balance;
        uint128 totalClaimed;
    }

    /// @notice A payer's request to take back.
    /// @param amount How much it asked for.
    /// @param initiatedAt When; 0: it asks for nothing.
    struct WithdrawalState {
        uint128 amount;
        uint40 initiatedAt;
    }

    /// @notice What a receiver has of a token from all its channels.
    /// @param totalClaimed All that it claimed.
    /// @param totalSettled How much of that was paid out.
    struct ReceiverState {
        uint128 totalClaimed;
        uint128 totalSettled;
    }

    /// @notice What a payer signs, with the channel in full.
    /// @param channel The channel.
    /// @param maxClaimableAmount How much may be claimed in all, since the channel began.
    struct Voucher {
        ChannelConfig channel;
        uint128 maxClaimableAmount;
    }

    /// @notice A voucher and what of it is claimed.
    /// @param voucher What the payer signed.
    /// @param signature The payer's, or its authorizer's.
    /// @param totalClaimed What has been earned in all, since the channel began.
    struct VoucherClaim {
        Voucher voucher;
        bytes signature;
        uint128 totalClaimed;
    }

    /// @notice What no withdrawal takes for a while.
    /// @param amount Counted as `totalClaimed` is, since the channel began.
    /// @param until The last second in which it holds.
    struct Reservation {
        uint128 amount;
        uint40 until;
    }

    /// @notice An empty channel was filled.
    event ChannelCreated(bytes32 indexed channelId, ChannelConfig config);

    /// @notice A channel of which nothing was ever claimed was emptied.
    event ChannelClosed(bytes32 indexed channelId, ChannelConfig config);

    /// @notice Money came in.
    event Deposited(bytes32 indexed channelId, address indexed sender, uint128 amount, uint128 newBalance);

    /// @notice The receiver has earned `claimAmount` more.
    event Claimed(
        bytes32 indexed channelId, address indexed sender, uint128 claimAmount, uint128 newTotalClaimed
    );

    /// @notice What was claimed was paid out.
    event Settled(address indexed receiver, address indexed token, address indexed sender, uint128 amount);

    /// @notice The receiver gave back what it has not claimed.
    event Refunded(bytes32 indexed channelId, address indexed sender, uint128 amount);

    /// @notice The payer asks for its money; from `finalizeAfter` on it can have it.
    event WithdrawInitiated(bytes32 indexed channelId, uint128 amount, uint40 finalizeAfter);

    /// @notice The payer has taken back what was unclaimed.
    event WithdrawFinalized(bytes32 indexed channelId, address indexed sender, uint128 amount);

    /// @notice Beside it: a withdrawal up to `until` leaves `amount`, counted since the channel began.
    event Reserved(bytes32 indexed channelId, address indexed sender, uint128 amount, uint40 until);

    /// @notice Beside it: a claim was passed over; `reason` is the selector of the error that `claim` has for it.
    event ClaimSkipped(bytes32 indexed channelId, address indexed sender, bytes4 reason);

    /// @notice A party or the token is 0, or the sender is not the payer's side.
    error InvalidChannel();
    /// @notice Nothing to deposit.
    error ZeroDeposit();
    /// @notice The channel would hold more than 2^128 - 1.
    error DepositOverflow();
    /// @notice Not signed by whom it should.
    error InvalidSignature();
    /// @notice A claim of another authorizer than the first one's.
    error NotReceiverAuthorizer();
    /// @notice The sender is neither receiver nor its authorizer.
    error NotAuthorizedToClaim();
    /// @notice The sender is neither receiver nor its authorizer.
    error NotAuthorizedToRefund();
    /// @notice More than the voucher allows.
    error ClaimExceedsCeiling();
    /// @notice More than the channel holds.
    error ClaimExceedsBalance();
    /// @notice The payer has asked already.
    error WithdrawalAlreadyPending();
    /// @notice The payer has not asked.
    error WithdrawalNotPending();
    /// @notice The sender is not the payer's side.
    error NotAuthorizedToFinalizeWithdraw();
    /// @notice It is too early.
    error WithdrawDelayNotElapsed();
    /// @notice Nothing to take back.
    error NothingToWithdraw();
    /// @notice More than is unclaimed.
    error WithdrawAmountExceedsAvailable();
    /// @notice Not between 15 minutes and 30 days.
    error WithdrawDelayOutOfRange();
    /// @notice No claims.
    error EmptyBatch();
    /// @notice Not the whole amount arrived, or more.
    error DepositCollectionFailed();
    /// @notice The collector is 0.
    error InvalidCollector();
    /// @notice Signed for another refund than the next.
    error InvalidRefundNonce();
    /// @notice Nothing to refund.
    error ZeroRefund();
    /// @notice Beside it: too little gas is left to ask a contract whether it signed.
    error InsufficientGas();

    /// @notice Takes money into a channel; anyone may send it.
    /// @param config The channel.
    /// @param amount Exactly what must arrive.
    /// @param collector Who fetches it from the payer: an `IDepositCollector`.
    /// @param collectorData What the collector needs.
    function deposit(
        ChannelConfig calldata config,
        uint128 amount,
        address collector,
        bytes calldata collectorData
    ) external;

    /// @notice Books what was earned; the sender is each channel's receiver or receiver's authorizer. A claim that is
    /// not above what is booked already does nothing.
    /// @param voucherClaims At least one.
    function claim(VoucherClaim[] calldata voucherClaims) external;

    /// @notice As `claim`, by anyone who has the authorizer's signature for the whole batch.
    /// @param voucherClaims At least one, all of the same authorizer.
    /// @param authorizerSignature Of `getClaimBatchDigest`.
    function claimWithSignature(VoucherClaim[] calldata voucherClaims, bytes calldata authorizerSignature)
        external;

    /// @notice Pays a receiver what it claimed; anyone may send it.
    /// @param receiver Who is paid.
    /// @param token In which token.
    function settle(address receiver, address token) external;

    /// @notice Begins to take back; by the payer or its authorizer.
    /// @param config The channel.
    /// @param amount What is unclaimed, at most.
    function initiateWithdraw(ChannelConfig calldata config, uint128 amount) external;

    /// @notice Takes back what was asked for, or less if less is left; by the payer or its authorizer.
    /// @param config The channel.
    function finalizeWithdraw(ChannelConfig calldata config) external;

    /// @notice Gives back to the payer; by the receiver or its authorizer.
    /// @param config The channel.
    /// @param amount All that is unclaimed, at most; more is cut to that.
    function refund(ChannelConfig calldata config, uint128 amount) external;

    /// @notice As `refund`, by anyone who has the authorizer's signature.
    /// @param config The channel.
    /// @param amount As in `refund`.
    /// @param nonce The channel's `refundNonce`.
    /// @param receiverAuthorizerSignature Of `getRefundDigest`.
    function refundWithSignature(
        ChannelConfig calldata config,
        uint128 amount,
        uint256 nonce,
        bytes calldata receiverAuthorizerSignature
    ) external;

    /// @notice Beside it: as `claim` (no signature) or `claimWithSignature`, but what cannot be claimed is passed over,
    /// and of a channel that holds too little what it holds is claimed.
    /// @param voucherClaims At least one.
    /// @param authorizerSignature Empty, or of `getClaimBatchDigest` by the first claim's authorizer.
    /// @return claimed How many were booked, wholly or in part.
    function claimAvailable(VoucherClaim[] calldata voucherClaims, bytes calldata authorizerSignature)
        external
        returns (uint256 claimed);

    /// @notice Beside it: keeps withdrawals off what vouchers allow, for `RESERVATION_TIME`; anyone may send it. A
    /// voucher reserves once: only a higher amount than the last begins another time.
    /// @param vouchers At least one; `totalClaimed` is what is to be reserved, up to what the voucher allows.
    function reserve(VoucherClaim[] calldata vouchers) external;
}
