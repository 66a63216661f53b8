// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Panic} from "@openzeppelin/contracts/utils/Panic.sol";
import {ChannelHashing} from "./ChannelHashing.sol";
import {ChannelSlots} from "./ChannelSlots.sol";
import {ClaimRows} from "./ClaimRows.sol";
import {IChannelHub} from "./IChannelHub.sol";
import {IDepositCollector} from "./IDepositCollector.sol";
import {VoucherSignatures} from "./VoucherSignatures.sol";

/// @title ChannelHub
/// @notice One-way payment channels (x402 `batch-settlement`). Immutable, without owner.
contract ChannelHub is ChannelHashing, Multicall, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using ChannelSlots for ChannelState;
    using ClaimRows for VoucherClaim;
    using ClaimRows for VoucherClaim[];

    /// @dev What one receiver has claimed of a token in all, with consecutive claims that are not booked yet; words, so
    /// that nothing is masked.
    struct Earnings {
        uint256 receiver;
        uint256 token;
        uint256 total;
    }

    /// @notice The shortest `withdrawDelay`, in seconds.
    uint40 public constant MIN_WITHDRAW_DELAY = 15 minutes;
    /// @notice The longest `withdrawDelay`, in seconds.
    uint40 public constant MAX_WITHDRAW_DELAY = 30 days;
    /// @notice How long a reservation holds, in seconds: as long as the longest withdrawal takes.
    uint40 public constant RESERVATION_TIME = 30 days;

    /// @notice The channels' money.
    mapping(bytes32 channelId => ChannelState) public channels;
    /// @notice How many refunds a channel has had; the next one is signed for this number.
    mapping(bytes32 channelId => uint256) public refundNonce;
    /// @notice What payers have asked for.
    mapping(bytes32 channelId => WithdrawalState) public pendingWithdrawals;
    /// @notice What receivers have earned.
    mapping(address receiver => mapping(address token => ReceiverState)) public receivers;
    /// @notice What withdrawals must leave.
    mapping(bytes32 channelId => Reservation) public reservations;

    constructor() EIP712("x402 Batch Settlement", "1") {}

    /// @inheritdoc IChannelHub
    function deposit(
        ChannelConfig calldata config,
        uint128 amount,
        address collector,
        bytes calldata collectorData
    ) external nonReentrant {
        _requireValid(config);
        if (amount == 0) revert ZeroDeposit();
        if (collector == address(0)) revert InvalidCollector();
        bytes32 channelId = getChannelId(config);
        ChannelState storage state = channels[channelId];
        uint128 balance = state.balance;
        if (amount > type(uint128).max - balance) revert DepositOverflow();
        balance += amount;
        state.balance = balance;
        _collect(config, amount, channelId, collector, collectorData);
        if (balance == amount && state.totalClaimed == 0) emit ChannelCreated(channelId, config);
        emit Deposited(channelId, msg.sender, amount, balance);
    }

    /// @inheritdoc IChannelHub
    function claim(VoucherClaim[] calldata voucherClaims) external nonReentrant {
        if (voucherClaims.length == 0) revert EmptyBatch();
        uint256 words = _newDigestWords();
        Earnings memory earnings;
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            VoucherClaim calldata row = voucherClaims.rowAt(i);
            if (!row.isFromReceiverSide()) _requireReceiverSide(row.voucher.channel);
            _claim(row, words, _channelIdIn(words, row.voucher.channel), earnings);
        }
        _book(earnings);
    }

    /// @inheritdoc IChannelHub
    function claimWithSignature(VoucherClaim[] calldata voucherClaims, bytes calldata authorizerSignature)
        external
        nonReentrant
    {
        if (voucherClaims.length == 0) revert EmptyBatch();
        address authorizer = voucherClaims[0].voucher.channel.receiverAuthorizer;
        uint256 words = _newDigestWords();
        bytes32[] memory ids = _channelIds(words, voucherClaims);
        _requireAuthorized(authorizer, _claimBatchDigest(voucherClaims, ids), authorizerSignature);
        Earnings memory earnings;
        for (uint256 i = 0; i < voucherClaims.length; ++i) {
            VoucherClaim calldata row = voucherClaims.rowAt(i);
            if (row.voucher.channel.receiverAuthorizer != authorizer) revert NotReceiverAuthorizer();
            _claim(row, words, ids[i], earnings);
        }
        _book(earnings);
    }

    /// @inheritdoc IChannelHub
    function claimAvailable(VoucherClaim[] calldata voucherClaims, bytes calldata authorizerSignature)
        external
        nonReentrant
        returns (uint256 claimed)
    {
        if (voucherClaims.length == 0) revert EmptyBatch();
        uint256 relayedFor; // nobody: the sender claims what is its own
        if (authorizerSignature.length != 0) {
            address authorizer = voucherClaims[0].voucher.channel.receiverAuthorizer;
            _requireAuthorized(authorizer, getClaimBatchDigest(voucherClaims), authorizerSignature);
            relayedFor = uint160(authorizer);
        }
        return _claimAvailable(voucherClaims, relayedFor);
    }

    /// @inheritdoc IChannelHub
    function reserve(VoucherClaim[] calldata vouchers) external nonReentrant {
        if (vouchers.length == 0) revert EmptyBatch();
        uint40 until = uint40(block.timestamp) + RESERVATION_TIME;
        for (uint256 i = 0; i < vouchers.length; ++i) {
            VoucherClaim calldata row = vouchers[i];
            uint128 amount = row.totalClaimed;
            bytes32 channelId = getChannelId(row.voucher.channel);
            if (amount <= reservations[channelId].amount) continue;
            if (amount > row.voucher.maxClaimableAmount) revert ClaimExceedsCeiling();
            if (amount > channels[channelId].balance) revert ClaimExceedsBalance();
            _requireVoucher(row, channelId);
            reservations[channelId] = Reservation(amount, until);
            emit Reserved(channelId, msg.sender, amount, until);
        }
    }

    /// @inheritdoc IChannelHub
    function settle(address receiver, address token) external nonReentrant {
        ReceiverState storage state = receivers[receiver][token];
        uint128 amount = state.totalClaimed - state.totalSettled;
        if (amount == 0) return;
        state.totalSettled = state.totalClaimed;
        IERC20(token).safeTransfer(receiver, amount);
        emit Settled(receiver, token, msg.sender, amount);
    }

    /// @inheritdoc IChannelHub
    function initiateWithdraw(ChannelConfig calldata config, uint128 amount) external nonReentrant {
        if (!_isPayerSide(config)) revert InvalidChannel();
        if (amount == 0) revert NothingToWithdraw();
        bytes32 channelId = getChannelId(config);
        WithdrawalState storage withdrawal = pendingWithdrawals[channelId];
        if (withdrawal.initiatedAt != 0) revert WithdrawalAlreadyPending();
        ChannelState storage state = channels[channelId];
        if (amount > state.balance - state.totalClaimed) revert WithdrawAmountExceedsAvailable();
        (withdrawal.amount, withdrawal.initiatedAt) = (amount, uint40(block.timestamp));
        emit WithdrawInitiated(channelId, amount, uint40(block.timestamp) + config.withdrawDelay);
    }

    /// @inheritdoc IChannelHub
    function finalizeWithdraw(ChannelConfig calldata config) external nonReentrant {
        if (!_isPayerSide(config)) revert NotAuthorizedToFinalizeWithdraw();
        bytes32 channelId = getChannelId(config);
        WithdrawalState memory withdrawal = pendingWithdrawals[channelId];
        if (withdrawal.initiatedAt == 0) revert WithdrawalNotPending();
        if (block.timestamp < uint256(withdrawal.initiatedAt) + config.withdrawDelay) {
            revert WithdrawDelayNotElapsed();
        }
        uint128 amount = _min(withdrawal.amount, _unreserved(channelId));
        delete pendingWithdrawals[channelId];
        emit WithdrawFinalized(channelId, msg.sender, amount);
        _giveBack(config, channelId, amount);
    }

    /// @inheritdoc IChannelHub
    function refund(ChannelConfig calldata config, uint128 amount) external nonReentrant {
        if (!_isReceiverSide(config)) revert NotAuthorizedToRefund();
        _refund(config, getChannelId(config), amount);
    }

    /// @inheritdoc IChannelHub
    function refundWithSignature(
        ChannelConfig calldata config,
        uint128 amount,
        uint256 nonce,
        bytes calldata receiverAuthorizerSignature
    ) external nonReentrant {
        bytes32 channelId = getChannelId(config);
        if (nonce != refundNonce[channelId]) revert InvalidRefundNonce();
        bytes32 digest = getRefundDigest(channelId, nonce, amount);
        _requireAuthorized(config.receiverAuthorizer, digest, receiverAuthorizerSignature);
        _refund(config, channelId, amount);
    }

    /// @dev What arrives is counted, since the collector is anybody's.
    function _collect(
        ChannelConfig calldata config,
        uint128 amount,
        bytes32 channelId,
        address collector,
        bytes calldata collectorData
    ) private {
        IERC20 token = IERC20(config.token);
        uint256 before = token.balanceOf(address(this));
        IDepositCollector(collector).collect(config.payer, config.token, amount, channelId, collectorData);
        if (token.balanceOf(address(this)) != before + amount) revert DepositCollectionFailed();
    }

    /// @dev Books a claim with its channel, and with the receiver's earnings in memory, or reverts; does nothing where
    /// it is booked already.
    function _claim(VoucherClaim calldata row, uint256 words, bytes32 channelId, Earnings memory earnings)
        private
    {
        ChannelState storage state = channels[channelId];
        (uint256 held, uint256 before) = state.load();
        uint256 total = row.total();
        if (total <= before) return;
        (uint256 ceiling, bool within) = row.ceiling();
        if (!within) {
            row.requireAmounts();
            revert ClaimExceedsCeiling();
        }
        if (total > held) revert ClaimExceedsBalance();
        bytes32 digest = _voucherDigestIn(words, channelId, ceiling);
        if (!VoucherSignatures.isOfAuthorizer(row, digest)) VoucherSignatures.requireSigned(row, digest);
        _turnTo(row, earnings);
        unchecked {
            earnings.total += total - before;
            state.store(held, total);
            ChannelSlots.emitClaimed(channelId, total - before, total);
        }
    }

    /// @dev Books what can be claimed of each, and says so of what cannot.
    function _claimAvailable(VoucherClaim[] calldata rows, uint256 relayedFor)
        private
        returns (uint256 claimed)
    {
        uint256 words = _newDigestWords();
        Earnings memory earnings;
        for (uint256 i = 0; i < rows.length; ++i) {
            VoucherClaim calldata row = rows.rowAt(i);
            bytes32 channelId = _channelIdIn(words, row.voucher.channel);
            bytes32 reason = _claimIfAvailable(row, relayedFor, words, channelId, earnings);
            if (reason != 0) {
                emit ClaimSkipped(channelId, msg.sender, bytes4(reason));
                continue;
            }
            unchecked {
                ++claimed;
            }
        }
        _book(earnings);
    }

    /// @dev Books what a channel holds of a claim, or says why not: nothing here reverts but for want of gas.
    function _claimIfAvailable(
        VoucherClaim calldata row,
        uint256 relayedFor,
        uint256 words,
        bytes32 channelId,
        Earnings memory earnings
    ) private returns (bytes32) {
        if (relayedFor != 0) {
            if (uint160(row.voucher.channel.receiverAuthorizer) != relayedFor) {
                return NotReceiverAuthorizer.selector;
            }
        } else if (!row.isFromReceiverSide()) {
            if (!_isReceiverSide(row.voucher.channel)) return NotAuthorizedToClaim.selector;
        }
        ChannelState storage state = channels[channelId];
        (uint256 held, uint256 before) = state.load();
        uint256 total = row.total();
        if (total <= before) return 0;
        (uint256 ceiling, bool within) = row.ceiling();
        if (!within) {
            row.requireAmounts();
            return ClaimExceedsCeiling.selector;
        }
        if (total > held) {
            total = held;
            if (total <= before) return ClaimExceedsBalance.selector;
        }
        _turnTo(row, earnings);
        unchecked {
            uint256 amount = total - before;
            uint256 sum = earnings.total + amount;
            // only a token that makes money out of nothing comes to this
            if (sum >> 128 != 0) return ClaimExceedsBalance.selector;
            bytes32 digest = _voucherDigestIn(words, channelId, ceiling);
            if (!VoucherSignatures.isOfAuthorizer(row, digest)) {
                if (!VoucherSignatures.isSigned(row, digest)) return InvalidSignature.selector;
            }
            earnings.total = sum;
            state.store(held, total);
            ChannelSlots.emitClaimed(channelId, amount, total);
        }
        return 0;
    }

    /// @dev Makes the earnings those of a claim's receiver and token; most claims have the same as the one before.
    function _turnTo(VoucherClaim calldata row, Earnings memory earnings) private {
        (uint256 receiver, uint256 token) = row.earner();
        if ((receiver ^ earnings.receiver) | (token ^ earnings.token) == 0) return;
        _book(earnings);
        (earnings.receiver, earnings.token) = (receiver, token);
        earnings.total = receivers[address(uint160(receiver))][address(uint160(token))].totalClaimed;
    }

    /// @dev Books what a receiver has earned by consecutive claims.
    function _book(Earnings memory earnings) private {
        if (earnings.receiver == 0) return;
        if (earnings.total > type(uint128).max) Panic.panic(Panic.UNDER_OVERFLOW);
        address receiver = address(uint160(earnings.receiver));
        receivers[receiver][address(uint160(earnings.token))].totalClaimed = uint128(earnings.total);
    }

    /// @dev The refund's number counts up even where there is nothing to give back, so that no signature is used twice.
    function _refund(ChannelConfig calldata config, bytes32 channelId, uint128 amount) private {
        if (amount == 0) revert ZeroRefund();
        ++refundNonce[channelId];
        ChannelState storage state = channels[channelId];
        uint128 given = _min(amount, state.balance - state.totalClaimed);
        if (given == 0) return;
        WithdrawalState storage withdrawal = pendingWithdrawals[channelId];
        if (withdrawal.initiatedAt != 0) {
            if (given >= withdrawal.amount) delete pendingWithdrawals[channelId];
            else withdrawal.amount -= given;
        }
        emit Refunded(channelId, msg.sender, given);
        _giveBack(config, channelId, given);
    }

    /// @dev Pays the payer out of its channel; the last thing that a verb does.
    function _giveBack(ChannelConfig calldata config, bytes32 channelId, uint128 amount) private {
        ChannelState storage state = channels[channelId];
        state.balance -= amount;
        if (state.balance == 0 && state.totalClaimed == 0) emit ChannelClosed(channelId, config);
        if (amount != 0) IERC20(config.token).safeTransfer(config.payer, amount);
    }

    /// @dev What a withdrawal may take now.
    function _unreserved(bytes32 channelId) private view returns (uint128) {
        ChannelState storage state = channels[channelId];
        Reservation storage reservation = reservations[channelId];
        uint128 kept = state.totalClaimed;
        if (block.timestamp <= reservation.until && reservation.amount > kept) kept = reservation.amount;
        return state.balance > kept ? state.balance - kept : 0;
    }

    /// @dev Reverts unless the payer signed it.
    function _requireVoucher(VoucherClaim calldata row, bytes32 channelId) private view {
        bytes32 digest = getVoucherDigest(channelId, row.voucher.maxClaimableAmount);
        VoucherSignatures.requireSigned(row, digest);
    }

    /// @dev Reverts unless the receiver's authorizer signed it.
    function _requireAuthorized(address authorizer, bytes32 digest, bytes calldata signature) private view {
        if (!SignatureChecker.isValidSignatureNowCalldata(authorizer, digest, signature)) {
            revert InvalidSignature();
        }
    }

    /// @dev Reverts unless the sender may claim.
    function _requireReceiverSide(ChannelConfig calldata config) private view {
        if (!_isReceiverSide(config)) revert NotAuthorizedToClaim();
    }

    /// @dev Whether the sender may claim and refund.
    function _isReceiverSide(ChannelConfig calldata config) private view returns (bool) {
        return msg.sender == config.receiverAuthorizer || msg.sender == config.receiver;
    }

    /// @dev Whether the sender may take back.
    function _isPayerSide(ChannelConfig calldata config) private view returns (bool) {
        return msg.sender == config.payer || msg.sender == config.payerAuthorizer;
    }

    /// @dev Reverts for a channel that nobody could use.
    function _requireValid(ChannelConfig calldata config) private pure {
        if (
            config.payer == address(0) || config.receiver == address(0)
                || config.receiverAuthorizer == address(0) || config.token == address(0)
        ) revert InvalidChannel();
        if (config.withdrawDelay < MIN_WITHDRAW_DELAY || config.withdrawDelay > MAX_WITHDRAW_DELAY) {
            revert WithdrawDelayOutOfRange();
        }
    }

    /// @dev The smaller one.
    function _min(uint128 a, uint128 b) private pure returns (uint128) {
        return a < b ? a : b;
    }
}
