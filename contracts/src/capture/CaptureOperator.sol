// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Signatures} from "../common/Signatures.sol";
import {IAuthCaptureEscrow} from "./IAuthCaptureEscrow.sol";
import {ICaptureOperator} from "./ICaptureOperator.sol";

/// @title CaptureOperator
/// @notice See `ICaptureOperator`. Holds nothing: money is in the escrow, or on its way within one call.
contract CaptureOperator is ICaptureOperator, EIP712 {
    using SafeERC20 for IERC20;

    /// @notice What `holds` tells, in one slot.
    struct Hold {
        uint48 freezableUntil;
        bool frozen;
        bool ruled;
    }

    /// @notice EIP-712 type hash of Freeze.
    bytes32 public constant FREEZE_TYPEHASH = keccak256("Freeze(bytes32 paymentInfoHash)");

    uint256 private constant _LONGEST = 365 days;

    /// @notice Where the money is.
    IAuthCaptureEscrow public immutable escrow;
    /// @notice The escrow's collector that fetches refunds from their operator.
    address public immutable refundCollector;
    /// @notice Who decides disputes.
    address public immutable arbiter;
    /// @notice For how many seconds a payment can be frozen.
    uint48 public immutable freezeWindow;
    /// @notice How many seconds the arbiter has at least.
    uint48 public immutable rulingTime;

    /// @inheritdoc ICaptureOperator
    mapping(bytes32 paymentInfoHash => Hold) public holds;

    /// @param escrow_ The escrow.
    /// @param refundCollector_ The escrow's collector for refunds.
    /// @param arbiter_ Who decides disputes.
    /// @param freezeWindow_ Seconds, from 1 to a year.
    /// @param rulingTime_ Seconds, from 1 to a year.
    constructor(
        IAuthCaptureEscrow escrow_,
        address refundCollector_,
        address arbiter_,
        uint48 freezeWindow_,
        uint48 rulingTime_
    ) EIP712("Earnest Capture Operator", "1") {
        if (address(escrow_) == address(0) || refundCollector_ == address(0) || arbiter_ == address(0)) {
            revert InvalidTerms();
        }
        if (freezeWindow_ == 0 || freezeWindow_ > _LONGEST || rulingTime_ == 0 || rulingTime_ > _LONGEST) {
            revert InvalidTerms();
        }
        escrow = escrow_;
        refundCollector = refundCollector_;
        arbiter = arbiter_;
        freezeWindow = freezeWindow_;
        rulingTime = rulingTime_;
    }

    /// @inheritdoc ICaptureOperator
    /// @dev That it is this operator's and was not fetched before, the escrow sees to.
    function authorize(
        IAuthCaptureEscrow.PaymentInfo calldata paymentInfo,
        uint256 amount,
        address tokenCollector,
        bytes calldata collectorData
    ) external {
        // anybody may send this: what is fetched once cannot be fetched again, so less would be less for ever
        if (amount != paymentInfo.maxAmount) revert NotWhole();
        if (paymentInfo.minFeeBps != 0 || paymentInfo.maxFeeBps != 0) revert FeeNotTaken();
        uint256 until = block.timestamp + freezeWindow;
        if (paymentInfo.authorizationExpiry < until + rulingTime) revert ExpiresTooSoon();
        bytes32 hash = escrow.getHash(paymentInfo);
        holds[hash].freezableUntil = uint48(until);
        emit Held(hash, paymentInfo.payer, paymentInfo.receiver, until);
        escrow.authorize(paymentInfo, amount, tokenCollector, collectorData);
    }

    /// @inheritdoc ICaptureOperator
    function freeze(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo) external {
        if (msg.sender != paymentInfo.payer) revert NotAllowed();
        _freeze(escrow.getHash(paymentInfo), paymentInfo.payer);
    }

    /// @inheritdoc ICaptureOperator
    function freezeWithSignature(
        IAuthCaptureEscrow.PaymentInfo calldata paymentInfo,
        bytes calldata signature
    ) external {
        bytes32 hash = escrow.getHash(paymentInfo);
        if (!Signatures.isValid(paymentInfo.payer, freezeDigest(hash), signature)) revert InvalidSignature();
        _freeze(hash, paymentInfo.payer);
    }

    /// @inheritdoc ICaptureOperator
    function capture(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo, uint256 amount) external {
        Hold memory hold = _held(escrow.getHash(paymentInfo));
        if (msg.sender != paymentInfo.payer) {
            if (msg.sender != paymentInfo.receiver) revert NotAllowed();
            if (hold.frozen) revert IsFrozen();
            if (block.timestamp < hold.freezableUntil) revert StillFreezable();
        }
        _capture(paymentInfo, amount);
    }

    /// @inheritdoc ICaptureOperator
    /// @dev Of what is frozen as well: it gives the payer all that the arbiter could.
    function void(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo) external {
        if (msg.sender != paymentInfo.receiver) revert NotAllowed();
        escrow.void(paymentInfo);
    }

    /// @inheritdoc ICaptureOperator
    function rule(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo, uint256 toReceiver) external {
        if (msg.sender != arbiter) revert NotAllowed();
        bytes32 hash = escrow.getHash(paymentInfo);
        Hold storage hold = holds[hash];
        if (!hold.frozen || hold.ruled) revert IsNotFrozen();
        hold.ruled = true;
        (, uint120 held,) = escrow.paymentState(hash);
        // more than is held reverts in the escrow
        if (toReceiver != 0) _capture(paymentInfo, toReceiver);
        if (toReceiver < held) escrow.void(paymentInfo);
        emit Ruled(hash, toReceiver, held - toReceiver);
    }

    /// @inheritdoc ICaptureOperator
    function refund(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo, uint256 amount) external {
        if (msg.sender != paymentInfo.receiver) revert NotAllowed();
        IERC20 token = IERC20(paymentInfo.token);
        token.safeTransferFrom(msg.sender, address(this), amount);
        token.forceApprove(refundCollector, amount);
        escrow.refund(paymentInfo, amount, refundCollector, "");
    }

    /// @inheritdoc ICaptureOperator
    function freezeDigest(bytes32 paymentInfoHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(FREEZE_TYPEHASH, paymentInfoHash)));
    }

    /// @notice Marks a payment, if it still can be.
    /// @param hash The payment's id.
    /// @param payer Its payer.
    function _freeze(bytes32 hash, address payer) private {
        Hold memory hold = _held(hash);
        if (hold.frozen) revert IsFrozen();
        if (block.timestamp >= hold.freezableUntil) revert NotFreezable();
        holds[hash].frozen = true;
        emit Frozen(hash, payer);
    }

    /// @notice A payment that was fetched.
    /// @param hash The payment's id.
    /// @return hold What is known of it.
    function _held(bytes32 hash) private view returns (Hold memory hold) {
        hold = holds[hash];
        if (hold.freezableUntil == 0) revert NotHeld();
    }

    /// @notice Pays the receiver, without a fee.
    /// @param paymentInfo The payment.
    /// @param amount How much of what is held.
    function _capture(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo, uint256 amount) private {
        escrow.capture(paymentInfo, amount, 0, paymentInfo.feeReceiver);
    }
}
